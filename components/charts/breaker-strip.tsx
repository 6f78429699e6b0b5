'use client'

import { type KeyboardEvent, useId, useState } from 'react'
import type { BreakerStripView, StripSegment } from '#lib/view/breaker-strip-view.ts'
import styles from './breaker-strip.module.css'

type Props = {
  view: BreakerStripView
  /** In px. */
  height: number
  /** Whose strip it is, before the summary in its accessible name: "azure-eu". */
  label?: string
  /** Whether arrow keys step through its happenings; off where hundreds of strips stand in a list. */
  steppable?: boolean
}

const percent = (share: number) => `${share * 100}%`

/** One circuit's states over time; closed is a line, open a block, half-open hatched, an override the upper half-lane. */
export function BreakerStrip({ view, height, label, steppable = true }: Props) {
  const name = label === undefined ? view.summary : `${label}: ${view.summary}`
  const drawing = <Drawing view={view} height={height} />
  if (!steppable || view.events.length === 0) {
    return (
      <div className={styles.strip} style={{ height }} role="img" aria-label={name}>
        {drawing}
      </div>
    )
  }
  return (
    <Steppable view={view} height={height} name={name}>
      {drawing}
    </Steppable>
  )
}

type SteppableProps = { view: BreakerStripView; height: number; name: string; children: React.ReactNode }

// A slider is what assistive technology offers for "one of many places along a line": arrows move, the value is read out.
function Steppable({ view, height, name, children }: SteppableProps) {
  const [eventId, setEventId] = useState<string | null>(null)
  const last = view.events.length - 1
  const found = view.events.findIndex(({ id }) => id === eventId)
  const index = found === -1 ? last : found
  const event = view.events[index]

  const onKeyDown = (press: KeyboardEvent) => {
    const target = stepTarget(press.key, found === -1 ? null : found, last)
    if (target === null) return
    press.preventDefault()
    press.stopPropagation()
    setEventId(view.events[target]?.id ?? null)
  }

  return (
    <div
      className={styles.strip}
      style={{ height }}
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={1}
      aria-valuemax={last + 1}
      aria-valuenow={index + 1}
      aria-valuetext={event?.label ?? ''}
      onKeyDown={onKeyDown}
      onBlur={() => setEventId(null)}
    >
      {children}
      {found !== -1 && event ? (
        <span className={styles.cursor} style={{ left: percent(event.x) }} aria-hidden="true">
          <span className={styles.caption} data-side={event.x > 0.5 ? 'left' : 'right'}>
            {event.label}
          </span>
        </span>
      ) : null}
    </div>
  )
}

/** Where a key press leads; the first press starts at the newest happening. */
function stepTarget(key: string, from: number | null, last: number): number | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return from === null ? last : Math.max(0, from - 1)
    case 'ArrowRight':
    case 'ArrowUp':
      return from === null ? last : Math.min(last, from + 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

function Drawing({ view, height }: { view: BreakerStripView; height: number }) {
  const hatchId = useId()
  return (
    <svg className={styles.drawing} width="100%" height={height} aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id={hatchId}
          width="5"
          height="5"
          patternTransform="rotate(45)"
          patternUnits="userSpaceOnUse"
        >
          <rect width="5" height="5" className={styles.hatchGround} />
          <rect width="2.4" height="5" className={styles.hatchLine} />
        </pattern>
      </defs>
      {view.painted.map((segment) => (
        <Segment
          key={`${segment.from} ${segment.state} ${segment.shadow}`}
          segment={segment}
          height={height}
          hatchId={hatchId}
        />
      ))}
      {view.coolings.map(({ from, x, width, title }) => (
        <rect
          key={from}
          className={styles.cooling}
          x={percent(x)}
          y={height - 3}
          height={3}
          style={{ width: `max(2px, ${percent(width)})` }}
        >
          <title>{title}</title>
        </rect>
      ))}
      {view.overrides.map(({ from, x, width, mode, title }) => (
        <rect
          key={from}
          className={styles.override}
          data-mode={mode}
          x={percent(x)}
          y={0.75}
          height={Math.max(4, height / 2 - 1.5)}
          style={{ width: `max(3px, ${percent(width)})` }}
        >
          <title>{title}</title>
        </rect>
      ))}
    </svg>
  )
}

type SegmentProps = { segment: StripSegment; height: number; hatchId: string }

function Segment({ segment: { state, shadow, x, width, title }, height, hatchId }: SegmentProps) {
  const isBlock = state === 'open' || state === 'half_open'
  const thickness = isBlock ? (shadow ? height - 1.5 : height) : 2
  return (
    <>
      {state === 'unknown' ? (
        <line
          className={styles.unknown}
          x1={percent(x)}
          x2={percent(x + width)}
          y1={height / 2}
          y2={height / 2}
        />
      ) : (
        <rect
          className={styles.segment}
          data-state={state}
          data-shadow={shadow || undefined}
          x={percent(x)}
          y={(height - thickness) / 2}
          height={thickness}
          rx={isBlock ? 1.5 : 0}
          // In CSS because only there can a share have a smallest size in px: a 3 s opening must not vanish.
          style={{
            width: `max(2px, ${percent(width)})`,
            ...(state === 'half_open' && !shadow ? { fill: `url(#${hatchId})` } : {}),
          }}
        />
      )}
      <rect
        className={styles.target}
        x={percent(x)}
        y={0}
        height={height}
        style={{ width: `max(4px, ${percent(width)})` }}
      >
        <title>{title}</title>
      </rect>
    </>
  )
}
