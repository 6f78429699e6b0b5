'use client'

import { useState } from 'react'
import { formatScaled, parseScaled } from '#lib/view/number-text.ts'
import { TextInput, type TextInputProps } from './text-input.tsx'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'unit'> & {
  /** The number in the data's unit; null when nothing is written, NaN when what is written is no number. */
  value: number | null
  onValueChange: (value: number | null) => void
  /** `percent` shows a rate of 0..1 as 0..100. */
  scale?: 'plain' | 'percent'
  unit?: string
}

/** A number as text, so that nothing is rounded, clamped or stepped behind the writer's back. */
export function NumberInput({ value, onValueChange, scale = 'plain', unit, ...rest }: Props) {
  const [draft, setDraft] = useState(() => formatScaled(value, scale))
  // What was typed stays on screen as long as it stands for the value ("0.50"); a reset from outside replaces it.
  const shown = Object.is(parseScaled(draft, scale), value) ? draft : formatScaled(value, scale)
  const shownUnit = unit ?? (scale === 'percent' ? '%' : undefined)
  return (
    <TextInput
      inputMode="decimal"
      {...rest}
      {...(shownUnit === undefined ? {} : { unit: shownUnit })}
      value={shown}
      onChange={(event) => {
        setDraft(event.target.value)
        onValueChange(parseScaled(event.target.value, scale))
      }}
    />
  )
}
