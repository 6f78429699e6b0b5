import { PanelState } from '#components/ui/panel-state.tsx'
import type { Check } from '#lib/contract/check.ts'
import type { ErrorBar, ErrorsView } from '#lib/view/errors-view.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { CheckRows } from './check-rows.tsx'
import { ErrorBars } from './errors-panel.tsx'
import styles from './errors-tab.module.css'

const NEWEST = 50

type Props = { view: ErrorsView; newest: readonly Check[]; condition: PanelCondition }

/** The errors of the window by class, by what went wrong and by model, and the newest failures in full. */
export function ErrorsTab({ view, newest, condition }: Props) {
  const isEmpty = view.byClass.length === 0 && condition.kind !== 'loading'
  const shown: PanelCondition = isEmpty ? { kind: 'empty', text: 'No errors in this range.' } : condition
  const most = Math.max(1, ...view.byClass.map(({ count }) => count))
  const classes: ErrorBar[] = view.byClass.map(({ label, count }) => ({ label, count, share: count / most }))
  return (
    <PanelState condition={shown} minHeight={200}>
      <div className={styles.groups}>
        <Group title="By class" bars={classes} />
        <Group title="By what went wrong" bars={view.byKind} note={view.leftOut} />
        {view.byModel.length > 0 && <Group title="By model" bars={view.byModel} />}
      </div>
      {newest.length > 0 && <CheckRows checks={newest.slice(0, NEWEST)} caption="Newest failures" />}
    </PanelState>
  )
}

function Group({
  title,
  bars,
  note = null,
}: {
  title: string
  bars: readonly ErrorBar[]
  note?: string | null
}) {
  return (
    <section>
      <h3>{title}</h3>
      <ErrorBars bars={bars} />
      {note !== null && <p className={styles.note}>{note}</p>}
    </section>
  )
}
