'use client'

import { Duration } from '#components/ui/duration.tsx'
import { Time } from '#components/ui/time.tsx'
import { setPaused, useLive } from '#lib/client/live/live-store.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { zoneWords } from '#lib/view/format.ts'
import { linkWords } from '#lib/view/link-words.ts'
import styles from './live-pill.module.css'
import { useFleetAge } from './use-fleet-age.ts'

/** Whether the page is live and how old its picture is; pressing it pauses and goes on. */
export function LivePill() {
  const { connection, isPaused } = useLive()
  const { zone } = useZone()
  const { asOf, freshness } = useFleetAge()
  const { word, tone } = linkWords({
    state: connection.state,
    isFirstTry: connection.state === 'connecting' && connection.attempt === 0,
    isPaused,
    isFresh: freshness === 'fresh',
  })
  return (
    <button
      type="button"
      className={styles.pill}
      data-freshness={freshness}
      aria-pressed={isPaused}
      title={isPaused ? 'Go on with live updates' : 'Pause live updates'}
      onClick={() => setPaused(!isPaused)}
    >
      <svg width="10" height="10" viewBox="0 0 10 10" className={styles.sign} data-tone={tone} aria-hidden>
        {tone === 'paused' ? <path d="M2 1h2v8H2zM6 1h2v8H6z" /> : <circle cx="5" cy="5" r="4" />}
      </svg>
      {word}
      {asOf !== null && (
        <span className={styles.age}>
          <span className={styles.clock}>
            <span className="visually-hidden">as of </span>
            <Time at={asOf} /> {zoneWords(asOf, zone)} ·{' '}
          </span>
          <Duration at={asOf} show="ago" />
        </span>
      )}
    </button>
  )
}
