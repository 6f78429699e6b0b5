'use client'

import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { useZone } from '#lib/client/use-zone.ts'
import { OUTCOME_SOURCES, type OutcomeSource } from '#lib/domain/outcome.ts'
import { capitalise, dateTimeWords, needsDay } from '#lib/view/format.ts'
import { rangeInWords } from '#lib/view/time-range.ts'
import type { TimeWindow } from '#lib/view/time-window.ts'
import { clockTime } from '#lib/view/zoned-time.ts'
import styles from './range-bar.module.css'

const SOURCES: readonly { value: OutcomeSource | null; label: string }[] = [
  { value: null, label: 'All calls' },
  { value: 'passive', label: 'Traffic' },
  { value: 'active', label: 'Checks' },
]

/** Which calls the charts show, as the URL has it; null is all. */
export function useSource(): readonly [OutcomeSource | null, (source: OutcomeSource | null) => void] {
  const [asked, setSource] = useUrlState('source')
  return [OUTCOME_SOURCES.find((one) => one === asked) ?? null, setSource]
}

type Props = { window: TimeWindow; onZoomOut: (() => void) | null }

/** What the charts show: which stretch of time and which calls, and the way back out of a zoom. */
export function RangeBar({ window, onZoomOut }: Props) {
  const { zone } = useZone()
  const [source, setSource] = useSource()
  return (
    <div className={styles.bar}>
      <p className={styles.range}>
        {window.kind === 'live' ? capitalise(rangeInWords(window.range)) : <b>{pastWords(window, zone)}</b>}
        {onZoomOut !== null && (
          <>
            <span>not live</span>
            <Button size="small" onClick={onZoomOut}>
              Zoom out <Kbd>Esc</Kbd>
            </Button>
          </>
        )}
      </p>
      <div className={styles.sources} role="group" aria-label="Calls shown">
        {SOURCES.map(({ value, label }) => (
          <button key={label} type="button" aria-pressed={value === source} onClick={() => setSource(value)}>
            {label}
          </button>
        ))}
      </div>
    </div>
  )
}

function pastWords({ from, to }: { from: number; to: number }, zone: string): string {
  const end = needsDay(from, to) ? dateTimeWords(to, zone) : clockTime(to, zone, true)
  return `${dateTimeWords(from, zone)} to ${end}`
}
