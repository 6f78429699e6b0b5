import { Pill } from '#components/ui/pill.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { DecisionRow } from '#lib/view/decision-view.ts'
import styles from './decisions-tab.module.css'

type Props = { row: DecisionRow; isOpen: boolean; onOpen: (id: string) => void }

/** One decision: when, how it went, which way it took and why. */
export function DecisionLine({ row, isOpen, onOpen }: Props) {
  return (
    <div role="row" className={styles.row} data-open={isOpen || undefined}>
      <div role="cell" className={styles.at}>
        <a
          href={`?decision=${encodeURIComponent(row.id)}`}
          className={styles.link}
          data-row-link
          aria-current={isOpen ? 'true' : undefined}
          onClick={(press) => {
            if (press.metaKey || press.ctrlKey || press.shiftKey || press.altKey) return
            press.preventDefault()
            onOpen(row.id)
          }}
        >
          <Time at={row.at} />
        </a>
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
