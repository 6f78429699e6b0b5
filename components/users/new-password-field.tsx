'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeLine } from '#components/ui/code-line.tsx'
import { Field } from '#components/ui/field.tsx'
import { PasswordInput } from '#components/ui/password-input.tsx'
import { newPassword } from '#lib/client/new-password.ts'
import { PASSWORD_LENGTH } from '#lib/contract/account.ts'

type Props = { value: string; onValueChange: (password: string) => void; error: string | undefined }

/** A password for somebody else: written, or made by chance and shown, so that it can be told to them. */
export function NewPasswordField({ value, onValueChange, error }: Props) {
  const [made, setMade] = useState<string | null>(null)
  const make = () => {
    const password = newPassword()
    setMade(password)
    onValueChange(password)
  }
  return (
    <>
      <Field
        label="Password"
        hint={`At least ${PASSWORD_LENGTH.min} characters. Tell it to them, and let them change it.`}
        error={error}
        aside={
          <Button size="small" onClick={make}>
            Make one up
          </Button>
        }
      >
        <PasswordInput
          value={value}
          autoComplete="new-password"
          onChange={({ target }) => onValueChange(target.value)}
        />
      </Field>
      {made !== null && made === value && <CodeLine text={made} what="the password" />}
    </>
  )
}
