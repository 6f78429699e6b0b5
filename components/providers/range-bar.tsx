'use client'

import { WindowChoice } from '#components/shell/window-choice.tsx'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Segments } from '#components/ui/segments.tsx'
import { useUrlState } from '#lib/client/use-url-state.ts'
import { OUTCOME_SOURCES, type OutcomeSource } from '#lib/domain/outcome.ts'
import { type TimeWindow, windowQuery } from '#lib/view/time-window.ts'
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

/** Whether the charts show the period before, too, as the URL has it. */
export function useGhostChoice(): readonly [boolean, (isShown: boolean) => void] {
  const [asked, setAsked] = useUrlState('ghost')
  return [asked !== null, (isShown) => setAsked(isShown ? '1' : null)]
}

type Props = { providerId: string; window: TimeWindow; onZoomOut: (() => void) | null }

/** What the charts show: which stretch of time and which calls, and the way back out of a zoom. */
export function RangeBar({ providerId, window, onZoomOut }: Props) {
  const [source, setSource] = useSource()
  const [withGhost, setWithGhost] = useGhostChoice()
  return (
    <>
      <WindowChoice window={window} onZoomOut={onZoomOut} />
      <div className={styles.choices}>
        <Button size="small" aria-pressed={withGhost} onClick={() => setWithGhost(!withGhost)}>
          Period before
        </Button>
        <ButtonLink size="small" href={compareHref(providerId, window)}>
          Compare…
        </ButtonLink>
        <Segments label="Calls shown" value={source} onValueChange={setSource} choices={SOURCES} />
      </div>
    </>
  )
}

/** The comparison with this provider in it, over the same time. */
const compareHref = (providerId: string, window: TimeWindow) =>
  `/compare?${new URLSearchParams([['with', providerId], ...windowQuery(window).map(([name, value]) => [name, value])]).toString()}`
