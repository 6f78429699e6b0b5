import { OUTCOME_COLOURS } from '#components/charts/outcome-colours.ts'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { trafficCell } from '#lib/view/traffic-cell.ts'
import styles from './provider-row.module.css'

/** A provider's share of the traffic, now and an hour ago, and what became of it as a bar by class. */
export function TrafficCell({ lastHour }: Pick<ProviderRow, 'lastHour'>) {
  const { share, was, parts, summary } = trafficCell(lastHour)
  return (
    <div role="cell" className={styles.share} title={summary}>
      {share}
      {was !== null && <span className={styles.was}> 1 h ago {was}</span>}
      {parts.length > 0 && (
        <span className={styles.classes} role="img" aria-label={summary}>
          {parts.map((part) => (
            <i key={part.class} style={{ flexGrow: part.part, background: OUTCOME_COLOURS[part.class] }} />
          ))}
        </span>
      )}
    </div>
  )
}
