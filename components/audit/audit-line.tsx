import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { AuditLine as Line } from '#lib/view/audit-view.ts'
import styles from './audit-list.module.css'

type Props = { line: Line; isOpen: boolean; onOpen: (number: number) => void }

/** One entry: when, who, what and about what, how it ended, and why. */
export function AuditLine({ line, isOpen, onOpen }: Props) {
  return (
    <div role="row" className={styles.row} data-open={isOpen || undefined}>
      <div role="cell" className={styles.at}>
        <Time at={line.at} show="day" />
      </div>
      <div role="cell" className={styles.actor}>
        {line.actor}
      </div>
      <div role="cell" className={styles.action}>
        {line.action}
      </div>
      <div role="cell" className={styles.about}>
        {line.about}
      </div>
      <div role="cell" className={styles.words}>
        <a
          href={`?entry=${line.number}`}
          className={styles.link}
          data-row-link
          title={line.summary}
          aria-current={isOpen ? 'true' : undefined}
          onClick={(press) => {
            if (press.metaKey || press.ctrlKey || press.shiftKey || press.altKey) return
            press.preventDefault()
            onOpen(line.number)
          }}
        >
          {line.summary}
        </a>
        {line.reason !== null && <span className={styles.reason}>{line.reason}</span>}
      </div>
      <div role="cell" className={styles.outcome}>
        <StatusIcon state={line.outcome.icon} size={14} />
        <span>{line.outcome.words}</span>
      </div>
    </div>
  )
}
