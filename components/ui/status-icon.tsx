import type { ReactNode } from 'react'
import styles from './status-icon.module.css'
import { classNames } from './class-names.ts'

/** What an icon can stand for: a status, a circuit's state, an operator's hold, or silence. */
export type IconState =
  | 'healthy'
  | 'degraded'
  | 'unhealthy'
  | 'unknown'
  | 'closed'
  | 'open'
  | 'half_open'
  | 'cooling'
  | 'override'
  | 'maintenance'
  | 'marker'
  | 'disabled'

type Shape = { tone: string; drawing: ReactNode }

const check = (
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="m5.2 8.2 2 2 3.6-4.2" />
  </>
)
const triangle = (
  <>
    <path d="M8 2.2 14.4 13.4H1.6z" />
    <path d="M8 6.4v3.2M8 11.4v.4" />
  </>
)
const octagon = (
  <>
    <path className={styles.solid} d="M5.3 1.6h5.4l3.7 3.7v5.4l-3.7 3.7H5.3l-3.7-3.7V5.3z" />
    <path className={styles.cross} d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
  </>
)
const half = (
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path className={styles.solid} d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" />
  </>
)
const hourglass = (
  <>
    <circle cx="8" cy="8" r="6.2" />
    <path d="M8 4.4V8l2.4 1.6" />
  </>
)
const lock = (
  <>
    <rect x="3" y="7" width="10" height="7" rx="1.5" />
    <path d="M5.2 7V5a2.8 2.8 0 0 1 5.6 0v2" />
  </>
)
const wrench = (
  <path d="M13.6 4.6 11 7.2 8.8 5l2.6-2.6a3.6 3.6 0 0 0-4.7 4.7L2.2 11.6a1.5 1.5 0 0 0 2.2 2.2l4.5-4.5a3.6 3.6 0 0 0 4.7-4.7z" />
)
const flag = <path d="M4 14.5v-13h8.5L10 5l2.5 3.5H4" />
const dash = (
  <>
    <circle cx="8" cy="8" r="6.2" strokeDasharray="2 2.1" />
    <path d="M5.4 8h5.2" />
  </>
)

const SHAPES: Record<IconState, Shape> = {
  healthy: { tone: 'healthy', drawing: check },
  closed: { tone: 'healthy', drawing: check },
  degraded: { tone: 'degraded', drawing: triangle },
  unhealthy: { tone: 'unhealthy', drawing: octagon },
  open: { tone: 'unhealthy', drawing: octagon },
  half_open: { tone: 'half-open', drawing: half },
  cooling: { tone: 'degraded', drawing: hourglass },
  override: { tone: 'override', drawing: lock },
  maintenance: { tone: 'override', drawing: wrench },
  marker: { tone: 'accent', drawing: flag },
  unknown: { tone: 'no-data', drawing: dash },
  disabled: { tone: 'no-data', drawing: dash },
}

/** A state's own shape and colour. Give `label` where no text beside it says the same; else it is hidden from readers. */
export function StatusIcon({
  state,
  size = 16,
  label,
  className,
}: {
  state: IconState
  size?: number
  label?: string
  className?: string
}) {
  const { tone, drawing } = SHAPES[state]
  return (
    <svg
      className={classNames(styles.icon, className)}
      style={{ color: `var(--${tone})` }}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {drawing}
    </svg>
  )
}
