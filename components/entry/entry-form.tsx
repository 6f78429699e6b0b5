'use client'

import type { ReactNode, SyntheticEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { useHydrated } from '#lib/client/use-hydrated.ts'
import styles from './entry-form.module.css'

type Props = {
  action: string
  pendingAction: string
  isPending: boolean
  /** How long the server wants to be left alone; 0: not at all. */
  secondsToWait?: number
  /** What was refused, for those who hear it; null when nothing was. */
  alert: string | null
  onSubmit: (event: SyntheticEvent) => Promise<void>
  children: ReactNode
}

/** A form that lets somebody in. Until its scripts are at work it cannot be sent: a browser would put its values into the address. */
export function EntryForm(props: Props) {
  const { action, pendingAction, isPending, secondsToWait = 0, alert, onSubmit, children } = props
  const isHydrated = useHydrated()
  return (
    <form
      className={styles.form}
      method="post"
      noValidate
      onSubmit={(event) => {
        if (secondsToWait > 0 || isPending) event.preventDefault()
        else void onSubmit(event)
      }}
    >
      {children}
      <Button
        type="submit"
        variant="solid"
        disabled={!isHydrated || secondsToWait > 0}
        pending={isPending}
        pendingLabel={pendingAction}
      >
        {secondsToWait > 0 ? `Wait ${secondsToWait} s` : action}
      </Button>
      <p className="visually-hidden" role="alert">
        {alert}
      </p>
    </form>
  )
}
