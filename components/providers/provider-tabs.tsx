'use client'

import { Tabs } from '#components/ui/tabs.tsx'
import type { Happenings } from '#lib/client/provider-queries.ts'
import { useUrlState } from '#lib/client/use-url-state.ts'
import type { Check } from '#lib/contract/check.ts'
import type { ProviderDetail } from '#lib/contract/monitor.ts'
import type { ErrorsView } from '#lib/view/errors-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import type { ThresholdsInForceView } from '#lib/view/thresholds-in-force-view.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'
import { CheckLog } from './check-log.tsx'
import { ConfigurationTab } from './configuration-tab.tsx'
import { ErrorsTab } from './errors-tab.tsx'
import { HappeningsTab } from './happenings-tab.tsx'
import styles from './provider-tabs.module.css'

const TABS = ['errors', 'checks', 'configuration', 'transitions'] as const

type Props = {
  detail: ProviderDetail
  window: TimeWindow
  errors: { view: ErrorsView; newest: readonly Check[]; condition: PanelCondition }
  happenings: { data: Happenings | null; condition: PanelCondition }
  thresholds: ThresholdsInForceView
}

/** The provider in full: its errors, its check log, its configuration and what happened to it. */
export function ProviderTabs({ detail, window, errors, happenings, thresholds }: Props) {
  const [asked, setTab] = useUrlState('tab')
  const tab = TABS.find((one) => one === asked) ?? 'errors'
  const { provider } = detail
  return (
    <div className={styles.tabs}>
      <Tabs
        label="Provider in full"
        value={tab}
        onValueChange={(next) => setTab(next === 'errors' ? null : next)}
        items={[
          { value: 'errors', label: 'Errors', panel: <ErrorsTab {...errors} /> },
          {
            value: 'checks',
            label: 'Check log',
            panel: <CheckLog providerId={provider.id} window={window} />,
          },
          {
            value: 'configuration',
            label: 'Configuration',
            panel: <ConfigurationTab provider={provider} thresholds={thresholds} />,
          },
          {
            value: 'transitions',
            label: 'Transitions',
            panel: (
              <HappeningsTab
                providerId={provider.id}
                window={window}
                happenings={happenings.data}
                condition={happenings.condition}
              />
            ),
          },
        ]}
      />
    </div>
  )
}
