'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { BreakerStrip } from '#components/charts/breaker-strip.tsx'
import { queries } from '#lib/client/queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { PreviewLanes } from '#lib/view/preview-lanes.ts'
import { recordedStrip, replayedStrip, type LaneRange } from '#lib/view/replayed-strip.ts'
import styles from './provider-lanes.module.css'

type Props = {
  lanes: PreviewLanes
  range: { from: string; to: string }
  /** The version in force, where it came in force within the range: then it is drawn too. */
  version: number | null
}

const HEIGHT = 12

/** A provider's circuits: what happened above, what the draft would have done below it. */
export function ProviderLanes({ lanes: { preview, name, words, models, more }, range, version }: Props) {
  const { zone } = useZone()
  const { data } = useQuery(queries.transitions(preview.providerId, range))
  const drawn = useMemo(
    () =>
      models.map((model) => {
        const { recordedFrom } = preview.exactness
        const laneRange: LaneRange = {
          providerId: preview.providerId,
          model,
          from: Date.parse(range.from),
          to: Date.parse(range.to),
          recordedFrom: recordedFrom === null ? null : Date.parse(recordedFrom),
          zone,
        }
        return {
          model,
          recorded:
            data &&
            recordedStrip(laneRange, {
              events: data.items,
              initial: data.initial,
              truncated: data.nextCursor !== null,
            }),
          inForce: version === null ? null : replayedStrip(laneRange, preview.inForce),
          draft: replayedStrip(laneRange, preview.draft),
        }
      }),
    [data, models, preview, range.from, range.to, version, zone],
  )
  return (
    <li className={styles.provider}>
      <div className={styles.head}>
        <h4 data-picture-text>{name}</h4>
        <span className={styles.facts} data-picture-text>
          {words}
        </span>
      </div>
      {drawn.map(({ model, recorded, inForce, draft }) => {
        const whose = model === null ? name : `${name}, ${model}`
        return (
          <div key={model} className={styles.circuit}>
            {model !== null && (
              <div className={styles.model} data-picture-text>
                {model}
              </div>
            )}
            <Lane label="recorded">
              {recorded ? (
                <BreakerStrip view={recorded} height={HEIGHT} label={`${whose}, recorded`} />
              ) : (
                <div style={{ height: HEIGHT }} />
              )}
            </Lane>
            {inForce !== null && (
              <Lane label={`version ${version ?? ''}`}>
                <BreakerStrip view={inForce} height={HEIGHT} label={`${whose}, as in force now`} />
              </Lane>
            )}
            <Lane label="draft">
              <BreakerStrip view={draft} height={HEIGHT} label={`${whose}, with the draft`} />
            </Lane>
          </div>
        )
      })}
      {more !== null && <p className={styles.facts}>{more}</p>}
    </li>
  )
}

function Lane({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className={styles.lane}>
      <span className={styles.label} aria-hidden="true" data-picture-text>
        {label}
      </span>
      {children}
    </div>
  )
}
