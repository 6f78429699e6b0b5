import { Panel } from '#components/ui/panel.tsx'
import type { ErrorBar, ErrorsView } from '#lib/view/errors-view.ts'
import { formatCount } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import styles from './errors-panel.module.css'

/** What went wrong in the range, most frequent first. */
export function ErrorsPanel({ view, condition }: { view: ErrorsView; condition: PanelCondition }) {
  const empty: PanelCondition = { kind: 'empty', text: 'No errors in this range.' }
  const isEmpty = view.total === 0 && condition.kind !== 'loading'
  return (
    <Panel
      title="Errors"
      meta={formatCount(view.total)}
      condition={isEmpty ? empty : condition}
      minHeight={88}
    >
      <div className={styles.body}>
        <ErrorBars bars={view.byKind} />
        {view.leftOut !== null && <p className={styles.rest}>{view.leftOut}</p>}
      </div>
    </Panel>
  )
}

/** Counts as bars, the longest first. */
export function ErrorBars({ bars }: { bars: readonly ErrorBar[] }) {
  return (
    <ul className={styles.bars}>
      {bars.map(({ label, count, share }) => (
        <li key={label}>
          <span>{label}</span>
          <i aria-hidden="true">
            <b style={{ width: `${share * 100}%` }} />
          </i>
          <span className={styles.count}>{formatCount(count)}</span>
        </li>
      ))}
    </ul>
  )
}
