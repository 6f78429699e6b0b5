'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import styles from '#components/settings/provider-list.module.css'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { queries } from '#lib/client/queries.ts'
import { failureFacts } from '#lib/client/request-error.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { DeleteRuleDialog } from './delete-rule-dialog.tsx'
import { RulePresets } from './rule-presets.tsx'
import { RuleTableRow } from './rule-table-row.tsx'

/** All alert rules. */
export function RuleList() {
  const { data, error } = useQuery(alertQueries.rules())
  const { data: providers = [] } = useQuery(queries.providers())
  const { data: channels = [] } = useQuery(alertQueries.channels())
  const [deleting, setDeleting] = useState<RuleConfig | null>(null)
  const nameOf = namesOf(providers)
  const channelName = namesOf(channels)
  return (
    <>
      <PageHeading
        title="Alert rules"
        actions={
          <ButtonLink needs="alerts.write" href="/settings/alert-rules/new" variant="solid">
            New rule
          </ButtonLink>
        }
      >
        {data === undefined || data.length === 0
          ? 'No rule yet: nobody is told of anything.'
          : `${plural(data.length, 'rule')}. What they find becomes one incident for each cause.`}
      </PageHeading>
      {data?.length === 0 ? (
        <RulePresets />
      ) : (
        <Panel title="Rules" minHeight={240} condition={conditionOf(data, error)}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Rule</th>
                <th scope="col">About</th>
                <th scope="col">Tells</th>
                <th scope="col">Enabled</th>
                <th scope="col">Last changed</th>
                <th scope="col">
                  <span className="visually-hidden">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {(data ?? []).map((rule) => (
                <RuleTableRow
                  key={rule.id}
                  rule={rule}
                  names={{ nameOf, channelName }}
                  onDelete={() => setDeleting(rule)}
                />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {deleting !== null && <DeleteRuleDialog rule={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

function namesOf(all: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(all.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

function conditionOf(rules: readonly RuleConfig[] | undefined, error: Error | null): PanelCondition {
  if (rules !== undefined) return { kind: 'ready' }
  const failure = failureFacts(error)
  return failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }
}
