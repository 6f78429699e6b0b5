'use client'

import { useAccount } from '#lib/client/session.ts'
import { Field } from './field.tsx'
import { TextArea } from './text-area.tsx'

type Props = {
  value: string
  onValueChange: (value: string) => void
  error?: string | undefined
  optional?: boolean
  hint?: string
}

/** Why an operator does it; it is kept with the action for the others to read. */
export function ReasonField({ value, onValueChange, error, optional = false, hint }: Props) {
  const account = useAccount()
  return (
    <Field label="Reason" hint={hint ?? keptWords(account?.name)} error={error} optional={optional}>
      <TextArea value={value} onChange={(event) => onValueChange(event.target.value)} maxLength={300} />
    </Field>
  )
}

const keptWords = (name: string | undefined) =>
  name === undefined
    ? 'Kept with the action; others will read it.'
    : `Kept with the action, which is recorded as ${name}; others will read it.`
