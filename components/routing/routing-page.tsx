'use client'

import { Tabs } from '#components/ui/tabs.tsx'
import tabStyles from '#components/providers/provider-tabs.module.css'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { DecisionSheet } from './decision-sheet.tsx'
import { DecisionsTab } from './decisions-tab.tsx'
import { GatewayPanel } from './gateway-panel.tsx'
import { RoutesPanel } from './routes-panel.tsx'
import { RoutingFigures } from './routing-figures.tsx'
import { RoutingHeading } from './routing-heading.tsx'
import styles from './routing-page.module.css'
import { SimulatorTab } from './simulator-tab.tsx'

/** Where requests go: who may take them, who had them, what was decided, and what would be. */
export function RoutingPage() {
  const [asked, setTab] = useUrlState('tab')
  return (
    <div className={styles.page}>
      <RoutingHeading />
      <RoutingFigures />
      <RoutesPanel />
      <GatewayPanel />
      <div id="decisions" className={tabStyles.tabs} style={{ margin: 0 }}>
        <Tabs
          label="Decisions"
          value={asked === 'simulator' ? 'simulator' : 'decisions'}
          onValueChange={(tab) => setTab(tab === 'simulator' ? tab : null)}
          items={[
            { value: 'decisions', label: 'Recent decisions', panel: <DecisionsTab /> },
            { value: 'simulator', label: 'Simulator', panel: <SimulatorTab /> },
          ]}
        />
      </div>
      <DecisionSheet />
    </div>
  )
}
