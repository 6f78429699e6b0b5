import styles from '#components/settings/preset-list.module.css'
import { GuardedLink } from '#components/ui/guarded-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { CONDITION_TYPES } from '#lib/domain/alerts/condition.ts'
import { CONDITION_FACTS } from '#lib/view/rule-words.ts'

/** What a rule can look for, each to begin a form with. */
export function RulePresets() {
  return (
    <Panel title="What shall it look for?" meta="everything can be changed before it is saved">
      <ul className={styles.grid}>
        {CONDITION_TYPES.map((type) => (
          <li key={type}>
            <GuardedLink
              needs="alerts.write"
              className={styles.preset}
              href={`/settings/alert-rules/new?preset=${type}`}
            >
              <span className={styles.label}>{CONDITION_FACTS[type].label}</span>
              <span className={styles.url}>{CONDITION_FACTS[type].note}</span>
            </GuardedLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
