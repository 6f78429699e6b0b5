import styles from '#components/settings/preset-list.module.css'
import { GuardedLink } from '#components/ui/guarded-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { CHANNEL_KINDS } from '#lib/domain/alerts/channel.ts'
import { CHANNEL_KIND_FACTS } from '#lib/view/channel-words.ts'

/** Every kind of channel, to begin a form with. */
export function KindList() {
  return (
    <Panel title="How shall somebody be told?">
      <ul className={styles.grid}>
        {CHANNEL_KINDS.map((kind) => (
          <li key={kind}>
            <GuardedLink
              needs="alerts.write"
              className={styles.preset}
              href={`/settings/channels/new?kind=${kind}`}
            >
              <span className={styles.label}>{CHANNEL_KIND_FACTS[kind].label}</span>
              <span className={styles.url}>{CHANNEL_KIND_FACTS[kind].note}</span>
            </GuardedLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
