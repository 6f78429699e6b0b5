'use client'

import { useState } from 'react'
import { FormSection } from '#components/settings/form-section.tsx'
import { Button } from '#components/ui/button.tsx'
import { Pill } from '#components/ui/pill.tsx'
import type { AccountView } from '#lib/contract/account.ts'
import { EndSecondFactorDialog } from './end-second-factor-dialog.tsx'
import styles from './profile-page.module.css'
import { SetUpSecondFactor } from './set-up-second-factor.tsx'

/** Whether a code is asked for after the password. */
export function SecondFactorPanel({ account }: { account: AccountView }) {
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  // What is being done stays when the account changes meanwhile: the recovery codes come after it has.
  const [wasSetUp, setWasSetUp] = useState(account.hasSecondFactor)
  const open = () => {
    setWasSetUp(account.hasSecondFactor)
    setOpen(true)
  }
  return (
    <FormSection
      title="Second factor"
      meta={<Pill>{account.hasSecondFactor ? 'set up' : 'not set up'}</Pill>}
    >
      <div className={styles.line}>
        <p className={styles.quiet}>
          {account.hasSecondFactor
            ? 'After the password, a code of your authenticator app is asked for.'
            : 'An authenticator app on your telephone shows a code that is asked for after the password: whoever learns your password alone cannot get in.'}
        </p>
        <Button onClick={open}>{account.hasSecondFactor ? 'Take it away…' : 'Set it up…'}</Button>
      </div>
      {isOpen &&
        (wasSetUp ? (
          <EndSecondFactorDialog onClose={close} />
        ) : (
          <SetUpSecondFactor account={account} onClose={close} />
        ))}
    </FormSection>
  )
}
