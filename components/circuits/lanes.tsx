'use client'

import Link from 'next/link'
import { BreakerStrip } from '#components/charts/breaker-strip.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { zoneWords } from '#lib/view/format.ts'
import type { LanesView } from '#lib/view/lanes-view.ts'
import styles from './lanes.module.css'

/** A timeline with a lane for each circuit, all on one axis, so that what failed together stands together. */
export function Lanes({ view }: { view: LanesView }) {
  const { zone } = useZone()
  const names = useProviderNames()
  return (
    <div className={styles.lanes}>
      {view.lanes.map(({ providerId, model, strip }) => {
        const name = names[providerId] ?? providerId
        const label = model === null ? name : `${name} ${model}`
        return (
          <div key={`${providerId} ${model ?? ''}`} className={styles.lane}>
            <Link href={`/providers/${encodeURIComponent(providerId)}`} title={label} prefetch={false}>
              {name}
              {model !== null && <span> {model}</span>}
            </Link>
            <BreakerStrip view={strip} height={14} label={label} steppable={false} />
          </div>
        )
      })}
      <div className={styles.lane} aria-hidden>
        <span className={styles.more}>
          {view.total > view.lanes.length && `${view.lanes.length} of ${view.total} circuits`}
        </span>
        <div className={styles.axis}>
          {view.ticks.map(({ at, label, x }) => (
            <span key={at} style={{ left: `${x * 100}%` }}>
              {label}
            </span>
          ))}
          <span className={styles.zone}>{zoneWords(view.to, zone)}</span>
        </div>
      </div>
    </div>
  )
}
