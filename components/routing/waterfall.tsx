import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { AttemptBar, WaterfallView } from '#lib/view/waterfall-view.ts'
import styles from './waterfall.module.css'

const percent = (share: number) => `${share * 100}%`

/** A request's attempts as bars on one time axis, each with its first token marked. */
export function Waterfall({ view }: { view: WaterfallView }) {
  return (
    <figure className={styles.figure} aria-label={view.summary}>
      <div className={styles.axis} aria-hidden>
        {view.ticks.map(({ x, label }) => (
          <span key={x} style={{ left: percent(x) }} data-last={x === 1 || undefined}>
            {label}
          </span>
        ))}
      </div>
      <ol>
        {view.bars.map((bar) => (
          <Attempt key={bar.key} bar={bar} ticks={view.ticks} />
        ))}
      </ol>
    </figure>
  )
}

function Attempt({ bar, ticks }: { bar: AttemptBar; ticks: WaterfallView['ticks'] }) {
  return (
    <li className={styles.attempt}>
      <p className={styles.words}>
        <StatusIcon state={bar.icon} size={14} />
        <b>{bar.name}</b>
        <span>{bar.model}</span>
        <span className={styles.latency}>
          {bar.outcome}, {bar.latency}
        </span>
      </p>
      <div className={styles.lane} aria-hidden>
        {ticks.map(({ x }) => (
          <u key={x} style={{ left: percent(x) }} />
        ))}
        <i style={{ left: percent(bar.from), right: percent(1 - bar.to) }} data-class={bar.class} />
        {bar.firstToken !== null && <b style={{ left: percent(bar.firstToken) }} />}
      </div>
      <p className={styles.more}>
        {bar.firstTokenText !== null && <>first token after {bar.firstTokenText} · </>}
        {bar.error !== null && <>{bar.error} · </>}
        {bar.reason}
      </p>
    </li>
  )
}
