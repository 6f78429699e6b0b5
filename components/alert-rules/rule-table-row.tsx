'use client'

import { useRouter } from 'next/navigation'
import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { RowMenu } from '#components/settings/row-menu.tsx'
import { Time } from '#components/ui/time.tsx'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { type NameOf, ruleConditionWords, scopeWords, toldWords } from '#lib/view/rule-words.ts'
import { SeveritySign } from './severity-sign.tsx'

type Props = { rule: RuleConfig; names: { nameOf: NameOf; channelName: NameOf }; onDelete: () => void }

/** One rule in the list: how grave, what it looks for, about whom, and who is told. */
export function RuleTableRow({ rule, names, onDelete }: Props) {
  const router = useRouter()
  const { id, name, enabled, severity, condition, updatedAt } = rule
  const href = `/settings/alert-rules/${encodeURIComponent(id)}`
  return (
    <tr>
      <RowHead name={name} href={href} wraps>
        <SeveritySign severity={severity} /> when {ruleConditionWords(condition)}
        {rule.for === '0s' ? ', at once' : `, for ${rule.for}`}
      </RowHead>
      <td data-label="About">{scopeWords(rule, names.nameOf)}</td>
      <td data-label="Tells">{toldWords(rule.channels, names.channelName)}</td>
      <td data-label="Enabled">{enabled ? 'yes' : <span className={styles.quiet}>no</span>}</td>
      <td data-label="Changed">
        <Time at={updatedAt} show="day" />
      </td>
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
