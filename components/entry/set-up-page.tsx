'use client'

import { useQuery } from '@tanstack/react-query'
import { PanelState } from '#components/ui/panel-state.tsx'
import { failureFacts } from '#lib/client/request-error.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import styles from './entry-form.module.css'
import { SetUpForm } from './set-up-form.tsx'

/** Makes the first administrator of a console that nobody can sign in to yet. */
export function SetUpPage() {
  const { data: who, error } = useQuery(whoQuery())
  const failure = failureFacts(error)
  return (
    <>
      <div className={styles.card}>
        <div className={styles.intro}>
          <h1>Set up sign-in</h1>
          <p>
            Nobody can sign in to this console yet: you become its first administrator, who lets the others
            in. From then on every page and every call asks who is there.
          </p>
        </div>
        {who === undefined ? (
          <PanelState
            minHeight={320}
            condition={failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }}
          />
        ) : (
          <SetUpForm needsToken={who.needsToken} />
        )}
      </div>
      <p className={styles.aside}>
        On a machine that nobody else reaches, you may start Switchyard with <code>SWITCHYARD_AUTH=off</code>{' '}
        instead: then nobody is asked.
      </p>
    </>
  )
}
