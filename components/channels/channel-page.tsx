'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { channelForm } from '#lib/view/channel-form.ts'
import { ChannelEditor } from './channel-editor.tsx'
import { ChannelHealthLine } from './channel-health-line.tsx'
import styles from './channel-page.module.css'
import { ChannelTrial } from './channel-trial.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { DeleteChannelDialog } from './delete-channel-dialog.tsx'

/** One stored channel: how it does, a trial of it, its form, and what was given up for it. */
export function ChannelPage({ id }: { id: string }) {
  const router = useRouter()
  const { data: channel, error } = useQuery(alertQueries.channel(id))
  // They stand above the form, and how many there are is known with them.
  const { isPending: isCounting } = useQuery(alertQueries.deadLetters(id))
  const [isDeleting, setDeleting] = useState(false)
  if (channel === undefined || isCounting) {
    return (
      <>
        <PageHeading title="Channel" />
        <Panel title="Channel" minHeight={480} condition={waitingCondition(error)} />
      </>
    )
  }
  return (
    <>
      <PageHeading
        title={channel.name}
        actions={
          <Button needs="alerts.write" onClick={() => setDeleting(true)}>
            Delete…
          </Button>
        }
      >
        <ChannelHealthLine channel={channel} />
      </PageHeading>
      <div className={styles.parts}>
        <ChannelTrial channel={channel} />
        <DeadLetters channelId={id} />
        <ChannelEditor key={id} initial={channelForm(channel)} channel={channel} />
      </div>
      {isDeleting && (
        <DeleteChannelDialog
          channel={channel}
          onClose={() => setDeleting(false)}
          onDeleted={() => router.replace('/settings/channels')}
        />
      )}
    </>
  )
}
