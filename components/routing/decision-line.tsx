import { classNames } from '#components/ui/class-names.ts'
import { LineLink } from '#components/ui/line-link.tsx'
import lines from '#components/ui/lines.module.css'
import { Pill } from '#components/ui/pill.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { DecisionRow } from '#lib/view/decision-view.ts'
import styles from './decisions-tab.module.css'

type Props = { row: DecisionRow; isOpen: boolean; onOpen: (id: string) => void }

/** One decision: when, how it went, which way it took and why. */
export function DecisionLine({ row, isOpen, onOpen }: Props) {
  return (
    <div
      role="row"
      className={classNames(lines.line, lines.linked, styles.row)}
      data-open={isOpen || undefined}
    >
      <div role="cell" className={styles.at}>
        <LineLink
          href={`?decision=${encodeURIComponent(row.id)}`}
          isOpen={isOpen}
          onOpen={() => onOpen(row.id)}
        >
          <Time at={row.at} />
        </LineLink>
      </div>
      <div role="cell" className={styles.result}>
        <StatusIcon state={row.result.icon} size={14} />
        <span>{row.result.words}</span>
      </div>
      <div role="cell" className={styles.route}>
        {row.route}
        {row.within !== null && <span className={styles.dim}> › {row.within}</span>}
      </div>
      <div role="cell" className={styles.provider}>
        {row.chosen}
      </div>
      <div role="cell" className={styles.model}>
        {row.model}
      </div>
      <div role="cell" className={styles.reason}>
        {row.marks.map((mark) => (
          <Pill key={mark} tone={mark === 'panic' ? 'warning' : 'plain'}>
            {mark}
          </Pill>
        ))}
        <span title={row.reason}>{row.reason}</span>
      </div>
      <div role="cell" className={styles.latency}>
        {row.result.latency}
      </div>
    </div>
  )
}
