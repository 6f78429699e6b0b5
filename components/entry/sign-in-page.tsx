'use client'

import { useState } from 'react'
import { addressOf } from '#lib/client/base-path.ts'
import { loadPage } from '#lib/client/load-page.ts'
import { Notice } from '#components/ui/notice.tsx'
import { CodeStep } from './code-step.tsx'
import styles from './entry-form.module.css'
import { PasswordStep } from './password-step.tsx'

type Props = {
  /** Where in the console it leads; one of our own paths. */
  to: string
  /** Who else vouches for people; null: nobody. */
  identityProvider: { name: string } | null
  /** Why somebody whom it sends back was not let in; null when nobody was sent back. */
  refused: string | null
}

/** Lets somebody in: by a password, then by a code where one is set up, or by the identity provider. */
export function SignInPage({ to, identityProvider, refused }: Props) {
  const [step, setStep] = useState<'password' | 'code'>('password')
  // A page of its own instead of a change of pages: what was loaded for nobody is not for somebody.
  const enter = () => loadPage(to)
  return (
    <div className={styles.card}>
      {step === 'code' ? (
        <CodeStep onPassed={enter} onAgain={() => setStep('password')} />
      ) : (
        <>
          <h1>Sign in</h1>
          {refused !== null && (
            <Notice tone="warn" title="You were not let in">
              <p>{refused}</p>
            </Notice>
          )}
          <PasswordStep onPassed={(needsCode) => (needsCode ? setStep('code') : enter())} />
          {identityProvider !== null && (
            <div className={styles.others}>
              <span className={styles.or}>or</span>
              <a
                className={styles.elsewhere}
                href={addressOf(`/api/auth/oidc/start?next=${encodeURIComponent(to)}`)}
              >
                Sign in with {identityProvider.name}
              </a>
            </div>
          )}
        </>
      )}
    </div>
  )
}
