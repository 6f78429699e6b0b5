import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import type { ThresholdRow, ThresholdsInForceView } from '#lib/view/thresholds-in-force-view.ts'
import styles from './thresholds-panel.module.css'

type Props = { view: ThresholdsInForceView; providerId: string; condition: PanelCondition }

/** The thresholds that decide most, each with where its value comes from. */
export function ThresholdsPanel({ view, providerId, condition }: Props) {
  return (
    <Panel
      title="Thresholds in force"
      meta={<EditThresholds providerId={providerId} />}
      condition={condition}
    >
      <div className={styles.body}>
        <ThresholdList rows={view.main} />
      </div>
    </Panel>
  )
}

/** The way to where thresholds are changed. */
export function EditThresholds({ providerId }: { providerId: string }) {
  return (
    <Link className={styles.edit} href={`/settings/providers/${encodeURIComponent(providerId)}#thresholds`}>
      Edit
    </Link>
  )
}

/** Thresholds with their values, marked "default" or "here". */
export function ThresholdList({ rows }: { rows: readonly ThresholdRow[] }) {
  return (
    <dl className={styles.list}>
      {rows.map(({ key, label, value, origin }) => (
        <div key={key}>
          <dt>{label}</dt>
          <dd>
            {value} {origin === 'here' ? <b>here</b> : <span>default</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
