'use client'

import { Button } from '#components/ui/button.tsx'
import { Kbd } from '#components/ui/kbd.tsx'
import { useZone } from '#lib/client/use-zone.ts'
import { capitalise } from '#lib/view/format.ts'
import { type TimeWindow, windowInWords } from '#lib/view/time-window.ts'
import { openOverlay } from './overlay-store.ts'
import styles from './window-choice.module.css'

type Props = { window: TimeWindow; onZoomOut: (() => void) | null }

/** Which stretch of time the charts below show, how to choose another, and the way back out of a zoom. */
export function WindowChoice({ window, onZoomOut }: Props) {
  const { zone } = useZone()
  return (
    <div className={styles.choice}>
      <Button
        variant="quiet"
        size="small"
        className={styles.words ?? ''}
        aria-haspopup="dialog"
        onClick={() => openOverlay('range')}
      >
        <span className="visually-hidden">Time range: </span>
        {capitalise(windowInWords(window, zone))}
        <svg width="8" height="6" viewBox="0 0 8 6" aria-hidden="true">
          <path d="m1 1 3 3 3-3" fill="none" stroke="currentColor" strokeWidth="1.4" />
        </svg>
      </Button>
      {onZoomOut !== null && (
        <>
          <span>not live</span>
          <Button size="small" onClick={onZoomOut}>
            Zoom out <Kbd>Esc</Kbd>
          </Button>
        </>
      )}
    </div>
  )
}
