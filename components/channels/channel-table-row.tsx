'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import styles from '#components/settings/provider-list.module.css'
import { IconButton } from '#components/ui/icon-button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import { MoreSign } from '#components/ui/more-sign.tsx'
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
    <tr data-disabled={!enabled || undefined}>
      <th scope="row" className={styles.provider}>
        <Link href={href} className={styles.name} data-row-link="">
          {name}
        </Link>
        <span className={styles.where}>{whereWords(channel)}</span>
      </th>
      <td data-label="Health">
        <ChannelHealthLine channel={channel} />
      </td>
      <td data-label="Waiting">{health.waiting}</td>
      <td data-label="Enabled">{enabled ? 'yes' : <span className={styles.quiet}>no</span>}</td>
      <td className={styles.actions}>
        <Menu
          trigger={
            <IconButton label={`Actions for ${name}`}>
              <MoreSign />
            </IconButton>
          }
          items={[
            { label: 'Edit', onSelect: () => router.push(href) },
            { label: 'Delete…', danger: true, needs: 'alerts.write', onSelect: onDelete },
          ]}
        />
      </td>
    </tr>
  )
}
