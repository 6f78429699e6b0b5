'use client'

import { TextInput, type TextInputProps } from './text-input.tsx'

type Props = Omit<TextInputProps, 'value' | 'onChange' | 'unit'> & {
  /** A duration such as "30s"; null when it is off or inherited. */
  value: string | null
  onValueChange: (value: string | null) => void
  /** What an empty field means, shown in it: "off", or the inherited value. */
  emptyMeans?: string
}

/** A duration as text with its unit; an empty field (or the word for it) is null where `emptyMeans` is given. */
export function DurationInput({ value, onValueChange, emptyMeans, ...rest }: Props) {
  return (
    <TextInput
      spellCheck={false}
      autoCapitalize="none"
      {...rest}
      {...(emptyMeans === undefined ? {} : { placeholder: emptyMeans })}
      value={value ?? ''}
      onChange={(event) => {
        const text = event.target.value
        const isEmpty = text.trim() === '' || text.trim() === emptyMeans
        onValueChange(emptyMeans !== undefined && isEmpty ? null : text)
      }}
    />
  )
}
