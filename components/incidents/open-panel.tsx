'use client'

import { useQuery } from '@tanstack/react-query'
import { NoMatch } from '#components/ui/no-match.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { plural } from '#lib/view/format.ts'
import { matchesFilter } from '#lib/view/incident-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { IncidentTable } from './incident-table.tsx'
import { useIncidentFilter } from './use-incident-filter.ts'
import { useOpenList } from './use-open-list.ts'

/** Incidents that are not over, those that fire first. */
export function OpenPanel() {
  const { incidents, condition } = useOpenList()
  const { filter, clear, inForce } = useIncidentFilter()
  const { data: setUp } = useQuery(incidentQueries.setUp())
  const shown = incidents.filter((incident) => matchesFilter(incident, filter))
  return (
    <Panel
      title="Open"
      minHeight={shown.length === 0 ? 96 : 160}
      condition={
        condition.kind === 'ready' && incidents.length === 0 ? nothing(setUp?.hasRules ?? true) : condition
      }
      meta={shown.length > 0 && <span>{plural(shown.length, 'incident')}, firing first</span>}
    >
      {shown.length === 0 && incidents.length > 0 ? (
        <NoMatch thing="open incident" inForce={inForce} onClear={clear} />
      ) : (
        <IncidentTable label="Open incidents" incidents={shown} />
      )}
    </Panel>
  )
}

function nothing(hasRules: boolean): PanelCondition {
  if (hasRules) return { kind: 'empty', text: 'Nothing is wrong that a rule looks for.' }
  return {
    kind: 'not_configured',
    text: 'An incident begins when an alert rule fires, and there is no rule yet.',
    action: { href: '/settings/alert-rules', label: 'Add an alert rule', needs: 'alerts.write' },
  }
}
