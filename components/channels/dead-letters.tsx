'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { Time } from '#components/ui/time.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { alertMutations } from '#lib/client/alert-mutations.ts'
import { alertQueries, SHOWN_DEAD_LETTERS } from '#lib/client/alert-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { DeliveryView } from '#lib/contract/incident.ts'
import { answerWords } from '#lib/view/channel-words.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './dead-letters.module.css'

const NONE: PanelCondition = { kind: 'empty', text: 'None: nothing was given up.' }

/** Notifications that were given up for a channel, each to be sent again by hand. */
export function DeadLetters({ channelId }: { channelId: string }) {
  const list = useQuery(alertQueries.deadLetters(channelId))
  const { data } = list
  const resend = useMutation(alertMutations.resendDelivery())
  const send = (id: string) =>
    resend.mutate(id, {
      onSuccess: ({ persisted }) =>
        toasts.add({ title: 'It waits to be sent again', description: persistedNote(persisted) }),
    })
  return (
    <Panel
      title="Dead letters"
      meta="given up; they wait for you"
      condition={listCondition(list, data?.items, NONE)}
    >
      {resend.error !== null && <RequestNotice error={resend.error} title="It was not sent again" />}
      {(data?.items ?? []).map((letter) => (
        <div key={letter.id} className={styles.letter}>
          <div className={styles.words}>
            <span className={styles.name}>{letter.title}</span>
            <span className={styles.facts}>
              <Time at={letter.endedAt ?? letter.createdAt} show="full" /> · {factsOf(letter)}
            </span>
          </div>
          <Button
            size="small"
            needs="incidents.command"
            pending={resend.isPending && resend.variables === letter.id}
            pendingLabel="Sending…"
            onClick={() => send(letter.id)}
          >
            Send again
          </Button>
        </div>
      ))}
      {data !== undefined && data.nextCursor !== null && (
        <div className={styles.foot}>The newest {SHOWN_DEAD_LETTERS} are shown; there are more.</div>
      )}
    </Panel>
  )
}

function factsOf({ attempts, lastResult }: DeliveryView): string {
  const tried = plural(attempts, 'attempt')
  return lastResult === null ? tried : `${tried} · ${answerWords(lastResult)}: ${lastResult.detail}`
}
