import { DataList } from '#components/ui/data-list.tsx'
import { Time } from '#components/ui/time.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { configurationRows } from '#lib/view/configuration-view.ts'
import type { ThresholdsInForceView } from '#lib/view/thresholds-in-force-view.ts'
import styles from './configuration-tab.module.css'
import { EditThresholds, ThresholdList } from './thresholds-panel.tsx'

type Props = { provider: ProviderConfig; thresholds: ThresholdsInForceView }

/** All that is configured and in force for a provider, and where each value comes from. */
export function ConfigurationTab({ provider, thresholds }: Props) {
  return (
    <div className={styles.groups}>
      <section>
        <h3>
          Provider <EditThresholds providerId={provider.id} />
        </h3>
        <DataList
          items={[
            ...configurationRows(provider),
            { name: 'Changed', value: <Time at={provider.updatedAt} show="full" /> },
          ]}
        />
      </section>
      {thresholds.groups.map(({ group, title, rows }) => (
        <section key={group}>
          <h3>{title}</h3>
          <ThresholdList rows={rows} />
        </section>
      ))}
    </div>
  )
}
