import { GuardedLink } from '#components/ui/guarded-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { PROVIDER_KINDS } from '#lib/domain/provider.ts'
import styles from './preset-list.module.css'

/** Every kind of provider, to begin a form with what is publicly known of it. */
export function PresetList() {
  return (
    <Panel title="Which provider?" meta="its address and check are filled in">
      <ul className={styles.grid}>
        {PROVIDER_KINDS.map((kind) => (
          <li key={kind}>
            <GuardedLink
              needs="providers.write"
              className={styles.preset}
              href={`/settings/providers/new?kind=${kind}`}
            >
              <span className={styles.label}>{KIND_FACTS[kind].label}</span>
              <span className={styles.url}>
                {KIND_FACTS[kind].baseUrl ?? KIND_FACTS[kind].baseUrlExample}
              </span>
            </GuardedLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
