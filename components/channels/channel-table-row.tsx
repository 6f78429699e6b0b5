'use client'

import { useRouter } from 'next/navigation'
import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { RowMenu } from '#components/settings/row-menu.tsx'
import type { ChannelState } from '#lib/contract/channel.ts'
import { whereWords } from '#lib/view/channel-words.ts'
import { ChannelHealthLine } from './channel-health-line.tsx'

type Props = { channel: ChannelState; onDelete: () => void }

/** One channel in the list: where it leads and how it does. */
export function ChannelTableRow({ channel, onDelete }: Props) {
  const router = useRouter()
  const { id, name, enabled, health } = channel
  const href = `/settings/channels/${encodeURIComponent(id)}`
  return (
    <tr>
      <RowHead name={name} href={href}>
        {whereWords(channel)}
      </RowHead>
      <td data-label="Health">
        <ChannelHealthLine channel={channel} />
      </td>
      <td data-label="Waiting">{health.waiting}</td>
      <td data-label="Enabled">{enabled ? 'yes' : <span className={styles.quiet}>no</span>}</td>
      <RowMenu
        name={name}
        items={[
          { label: 'Edit', onSelect: () => router.push(href) },
          { label: 'Delete…', danger: true, needs: 'alerts.write', onSelect: onDelete },
        ]}
      />
    </tr>
  )
}
