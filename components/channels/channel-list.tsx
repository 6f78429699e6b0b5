'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import styles from '#components/settings/provider-list.module.css'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { ChannelTableRow } from './channel-table-row.tsx'
import { DeleteChannelDialog } from './delete-channel-dialog.tsx'
import { KindList } from './kind-list.tsx'

/** All channels and how they do. */
export function ChannelList() {
  const { data, error } = useQuery(alertQueries.channels())
  const [deleting, setDeleting] = useState<ChannelState | null>(null)
  return (
    <>
      <PageHeading
        title="Channels"
        actions={
          <ButtonLink needs="alerts.write" href="/settings/channels/new" variant="solid">
            New channel
          </ButtonLink>
        }
      >
        {data === undefined || data.length === 0
          ? 'No channel yet: incidents stand in the console alone.'
          : `${plural(data.length, 'channel')}. How they do is counted since Switchyard was started.`}
      </PageHeading>
      {data?.length === 0 ? (
        <KindList />
      ) : (
        <Panel title="Channels" minHeight={240} condition={conditionOf(data, error)}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Channel</th>
                <th scope="col">Health</th>
                <th scope="col">Waiting</th>
                <th scope="col">Enabled</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {(data ?? []).map((channel) => (
                <ChannelTableRow key={channel.id} channel={channel} onDelete={() => setDeleting(channel)} />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {deleting !== null && <DeleteChannelDialog channel={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

function conditionOf(channels: readonly ChannelState[] | undefined, error: Error | null): PanelCondition {
  if (channels !== undefined) return { kind: 'ready' }
  const failure = failureFacts(error)
  return failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }
}
