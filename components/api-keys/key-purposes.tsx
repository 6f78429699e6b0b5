'use client'

import { useId } from 'react'
import { CheckboxChoice } from '#components/ui/checkbox-choice.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import { SCOPES } from '#lib/contract/api-key.ts'
import type { Scope } from '#lib/domain/access/roles.ts'
import { SCOPE_WORDS } from '#lib/view/api-key-form.ts'
import styles from './key-purposes.module.css'

type Props = {
  scopes: readonly Scope[]
  error: string | undefined
  onChange: (scopes: Scope[]) => void
}

/** What a key is for, each purpose with what it lets the machine do. */
export function KeyPurposes({ scopes, error, onChange }: Props) {
  const errorId = useId()
  return (
    <fieldset className={styles.group} {...(error === undefined ? {} : { 'aria-describedby': errorId })}>
      <legend className={styles.legend}>Purposes</legend>
      {SCOPES.map((scope) => (
        <CheckboxChoice
          key={scope}
          {...SCOPE_WORDS[scope]}
          checked={scopes.includes(scope)}
          onCheckedChange={(isOn) =>
            onChange(SCOPES.filter((one) => (one === scope ? isOn : scopes.includes(one))))
          }
        />
      ))}
      <Complaint id={errorId} role="alert">
        {error}
      </Complaint>
    </fieldset>
  )
}
