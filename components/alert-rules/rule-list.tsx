'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { alertQueries } from '#lib/client/alert-queries.ts'
import { queries } from '#lib/client/queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { RuleConfig } from '#lib/contract/alert-rule.ts'
import { plural } from '#lib/view/format.ts'
import { DeleteRuleDialog } from './delete-rule-dialog.tsx'
import { RulePresets } from './rule-presets.tsx'
import { RuleTableRow } from './rule-table-row.tsx'

const COLUMNS = ['Rule', 'About', 'Tells', 'Enabled', 'Last changed'] as const

/** All alert rules. */
export function RuleList() {
  const list = useQuery(alertQueries.rules())
  const { data } = list
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
        <ListPanel title="Rules" minHeight={240} condition={listCondition(list, data)} columns={COLUMNS}>
          {(data ?? []).map((rule) => (
            <RuleTableRow
              key={rule.id}
              rule={rule}
              names={{ nameOf, channelName }}
              onDelete={() => setDeleting(rule)}
            />
          ))}
        </ListPanel>
      )}
      {deleting !== null && <DeleteRuleDialog rule={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}

function namesOf(all: readonly { id: string; name: string }[]): (id: string) => string {
  const names = new Map(all.map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}
