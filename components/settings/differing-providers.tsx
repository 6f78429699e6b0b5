import Link from 'next/link'
import { Panel } from '#components/ui/panel.tsx'
import type { Settings } from '#lib/contract/settings.ts'
import { plural } from '#lib/view/format.ts'
import { differingProviders } from '#lib/view/settings-changes.ts'
import styles from './side-panel.module.css'

/** Which providers set thresholds of their own, and which. */
export function DifferingProviders({ providers }: { providers: Settings['providers'] }) {
  const differing = differingProviders(providers)
  return (
    <div id="differing" className={styles.anchor}>
      <Panel
        title="Providers that differ"
        meta={differing.length === 0 ? 'none' : plural(differing.length, 'provider')}
      >
        {differing.length === 0 ? (
          <p className={styles.empty}>
            Every provider inherits these thresholds. A provider’s page can set its own.
          </p>
        ) : (
          <ul>
            {differing.map(({ id, thresholds }) => (
              <li key={id} className={styles.item}>
                <Link
                  className={styles.name}
                  href={`/settings/providers/${encodeURIComponent(id)}#thresholds`}
                >
                  {id}
                </Link>
                <ul>
                  {thresholds.map(({ path, label, value }) => (
                    <li key={path} className={styles.pair}>
                      <span>{label}</span>
                      <span>{value}</span>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  )
}
