'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { ChannelState } from '#lib/contract/channel.ts'
import { plural } from '#lib/view/format.ts'
import { ChannelTableRow } from './channel-table-row.tsx'
import { DeleteChannelDialog } from './delete-channel-dialog.tsx'
import { KindList } from './kind-list.tsx'

const COLUMNS = ['Channel', 'Health', 'Waiting', 'Enabled'] as const

/** All channels and how they do. */
export function ChannelList() {
  const list = useQuery(alertQueries.channels())
  const { data } = list
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
        <ListPanel title="Channels" minHeight={240} condition={listCondition(list, data)} columns={COLUMNS}>
          {(data ?? []).map((channel) => (
            <ChannelTableRow key={channel.id} channel={channel} onDelete={() => setDeleting(channel)} />
          ))}
        </ListPanel>
      )}
      {deleting !== null && <DeleteChannelDialog channel={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}
