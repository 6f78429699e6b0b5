'use client'

import { useMutation } from '@tanstack/react-query'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { Button } from '#components/ui/button.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { useClock } from '#lib/client/clock.ts'
import { incidentMutations } from '#lib/client/incident-mutations.ts'
import type { DeliveryView } from '#lib/contract/incident.ts'
import { nextAttemptWords } from '#lib/view/incident-timeline-view.ts'
import styles from './incident-timeline.module.css'
import { keepUnits } from '#lib/view/keep-units.ts'

/** What a channel answered to a notification, exactly, and a way to send again what was given up. */
export function DeliveryDetail({ delivery }: { delivery: DeliveryView }) {
  const { id, state, nextAttemptAt, lastResult, channelName, channelId } = delivery
  const resend = useMutation(incidentMutations.resend(id))
  const channel = channelName ?? channelId
  return (
    <>
      {lastResult !== null && (
        <details className={styles.detail}>
          <summary>{keepUnits(lastResult.detail)}</summary>
          <p>
            {lastResult.status === null ? 'There was no answer.' : `Answered with ${lastResult.status}`}
            {lastResult.answer !== '' && ':'}
          </p>
          {lastResult.answer !== '' && <pre tabIndex={0}>{lastResult.answer}</pre>}
        </details>
      )}
      {state === 'waiting' && nextAttemptAt !== null && (
        <span className={styles.detail}>
          <NextAttempt at={Date.parse(nextAttemptAt)} />
        </span>
      )}
      {state === 'dead' && (
        <span className={styles.again}>
          <Button
            size="small"
            needs="incidents.command"
            aria-label={`Send again to ${channel}`}
            pending={resend.isPending}
            pendingLabel="Sending…"
            onClick={() =>
              resend.mutate(undefined, {
                onSuccess: ({ persisted }) =>
                  toasts.add({ title: `Sent again to ${channel}`, description: persistedNote(persisted) }),
              })
            }
          >
            Send again
          </Button>
        </span>
      )}
      {resend.error !== null && <RequestNotice error={resend.error} title="It was not sent again" />}
    </>
  )
}

/** When it is tried next, kept up each second. */
function NextAttempt({ at }: { at: number }) {
  return <>{useClock((now) => nextAttemptWords(at, now))}</>
}
