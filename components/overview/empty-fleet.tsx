import { GuardedLink } from '#components/ui/guarded-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { PRESETS } from '#lib/view/presets.ts'
import styles from './empty-fleet.module.css'

/** What a new console offers: a provider to add, or the demo. */
export function EmptyFleet() {
  return (
    <>
      <h1>No provider yet</h1>
      <p className={styles.lead}>
        Add the first one: it is checked at once, and its health, circuit and history appear here.
      </p>
      <ul className={styles.presets}>
        {PRESETS.map(({ kind, label, needs }) => (
          <li key={kind}>
            <GuardedLink needs="providers.write" href={`/settings/providers/new?kind=${kind}`} data-row-link>
              <b>{label}</b>
              <span>needs {needs}</span>
            </GuardedLink>
          </li>
        ))}
      </ul>
      <Panel title="Or try the demo" className={styles.demo ?? ''}>
        <div className={styles.words}>
          <p>
            A fleet of simulated providers with weather of its own: slow hours, rate limits, outages. It has a
            database of its own and leaves this one alone. Stop this console, then run in the project’s
            folder:
          </p>
          <pre>
            <code>npm run demo</code>
          </pre>
        </div>
      </Panel>
    </>
  )
}
