'use client'

import { useQuery } from '@tanstack/react-query'
import { Tabs } from '#components/ui/tabs.tsx'
import { incidentQueries } from '#lib/client/incident-queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { incidentsHeadline } from '#lib/view/incident-view.ts'
import { isDimmed } from '#lib/view/panel-condition.ts'
import { AlarmChoice } from './alarm-choice.tsx'
import { IncidentList } from './incident-list.tsx'
import styles from './incidents-page.module.css'
import { SilencesPanel } from './silences-panel.tsx'
import { useOpenList } from './use-open-list.ts'

const TABS = ['incidents', 'silences'] as const
type Tab = (typeof TABS)[number]

/** What is wrong by cause, what was, and what is kept quiet. */
export function IncidentsPage() {
  const [text, setTab] = useUrlState('tab')
  const tab: Tab = TABS.find((one) => one === text) ?? 'incidents'
  const { incidents, condition } = useOpenList()
  const { data: known } = useQuery(incidentQueries.silences())
  const active = known?.silences.filter(({ state }) => state === 'active').length ?? 0
  const isKnown = condition.kind !== 'loading' && condition.kind !== 'failed'
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <div>
          <h1 className={isDimmed(condition) ? styles.old : undefined}>
            {isKnown ? incidentsHeadline(incidents) : 'Incidents'}
          </h1>
          <p className={styles.note}>One incident for each cause, however many alerts it raises.</p>
        </div>
        <AlarmChoice />
      </header>
      <Tabs<Tab>
        label="Incidents and silences"
        value={tab}
        onValueChange={(next) => setTab(next === 'incidents' ? null : next)}
        items={[
          { value: 'incidents', label: 'Incidents', panel: <IncidentList /> },
          {
            value: 'silences',
            label: active === 0 ? 'Silences' : `Silences, ${active} in force`,
            panel: <SilencesPanel />,
          },
        ]}
      />
    </div>
  )
}
