import { classNames } from '#components/ui/class-names.ts'
import { LineLink } from '#components/ui/line-link.tsx'
import lines from '#components/ui/lines.module.css'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { Time } from '#components/ui/time.tsx'
import type { AuditLine as Line } from '#lib/view/audit-view.ts'
import styles from './audit-list.module.css'

type Props = { line: Line; isOpen: boolean; onOpen: (number: number) => void }

/** One entry: when, who, what and about what, how it ended, and why. */
export function AuditLine({ line, isOpen, onOpen }: Props) {
  return (
    <div
      role="row"
      className={classNames(lines.line, lines.linked, styles.row)}
      data-open={isOpen || undefined}
    >
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
        <LineLink
          href={`?entry=${line.number}`}
          isOpen={isOpen}
          onOpen={() => onOpen(line.number)}
          title={line.summary}
        >
          {line.summary}
        </LineLink>
        {line.reason !== null && <span className={styles.reason}>{line.reason}</span>}
      </div>
      <div role="cell" className={styles.outcome}>
        <StatusIcon state={line.outcome.icon} size={14} />
        <span>{line.outcome.words}</span>
      </div>
    </div>
  )
}
