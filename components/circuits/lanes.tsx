'use client'

import Link from 'next/link'
import { AnnotationRow } from '#components/charts/annotation-row.tsx'
import { BreakerStrip } from '#components/charts/breaker-strip.tsx'
import { useProviderNames } from '#lib/client/use-provider-names.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { AnnotationsView } from '#lib/view/annotations-view.ts'
import { dateTimeWords, zoneWords } from '#lib/view/format.ts'
import type { LanesView } from '#lib/view/lanes-view.ts'
import styles from './lanes.module.css'

type Props = {
  view: LanesView
  /** What was done meanwhile: a row above the lanes, and a mark through all of them. */
  annotations: AnnotationsView
  /** Whether arrow keys step through a lane's happenings. */
  steppable?: boolean
}

/** A timeline with a lane for each circuit, all on one axis, so that what failed together stands together. */
export function Lanes({ view, annotations, steppable = false }: Props) {
  const { zone } = useZone()
  const names = useProviderNames()
  return (
    <div className={styles.lanes}>
      <div className={styles.lane}>
        <span className={styles.more} aria-hidden data-picture-text>
          Done, deployed
        </span>
        <AnnotationRow view={annotations} />
      </div>
      <div className={styles.stack}>
        <Marks annotations={annotations} />
        {view.lanes.map(({ providerId, model, strip }) => {
          const name = names[providerId] ?? providerId
          const label = model === null ? name : `${name} ${model}`
          return (
            <div key={`${providerId} ${model ?? ''}`} className={styles.lane}>
              <Link
                href={`/providers/${encodeURIComponent(providerId)}`}
                title={label}
                prefetch={false}
                data-picture-text
              >
                {name}
                {model !== null && <span> {model}</span>}
              </Link>
              <div className={styles.plot} data-plot="lane">
                <BreakerStrip view={strip} height={14} label={label} steppable={steppable} />
              </div>
            </div>
          )
        })}
      </div>
      <div className={styles.lane} aria-hidden>
        <span className={styles.more}>
          {view.total > view.lanes.length && `${view.lanes.length} of ${view.total} circuits`}
        </span>
        <div className={styles.axis}>
          {view.ticks.map(({ at, label, x }) => (
            <span key={at} style={{ left: `${x * 100}%` }} data-picture-text>
              {label}
            </span>
          ))}
          <span className={styles.zone}>{zoneWords(view.to, zone)}</span>
        </div>
      </div>
      {view.leftOutBefore !== null && (
        <p className={styles.note}>
          Only the newest changes are shown: those before {dateTimeWords(view.leftOutBefore, zone)} are left
          out.
        </p>
      )}
    </div>
  )
}

/** One layer over all lanes: a mark in each would be thousands. */
function Marks({ annotations: { clusters } }: { annotations: AnnotationsView }) {
  return (
    <div className={`${styles.lane} ${styles.marks}`} aria-hidden>
      <span />
      <div>
        {clusters.map(({ id, x }) => (
          <i key={id} style={{ left: `${x * 100}%` }} data-picture-mark />
        ))}
      </div>
    </div>
  )
}
