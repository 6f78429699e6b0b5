import { leftWords } from '#lib/view/format.ts'
import type { CircuitSnapshot } from '#lib/contract/circuit.ts'
import styles from './state-machine.module.css'

type Props = { circuit: Pick<CircuitSnapshot, 'state' | 'retryAt'>; now: number }

const BOXES = [
  { state: 'closed', label: 'Closed', x: 1 },
  { state: 'open', label: 'Open', x: 113 },
  { state: 'half_open', label: 'Half-open', x: 225 },
] as const

/** The three states and the ways between them, the present one marked; while open, the time until the next trial. */
export function StateMachine({ circuit: { state, retryAt }, now }: Props) {
  const left = state === 'open' && retryAt !== null ? leftWords(Date.parse(retryAt), now) : null
  return (
    <svg className={styles.machine} viewBox="0 0 308 92" aria-hidden="true">
      <g className={styles.way}>
        <path d="M83 41h24" data-active={state === 'closed' || undefined} />
        <path d="M195 35h24" data-active={state === 'open' || undefined} />
        <path d="M225 49h-24" data-active={state === 'half_open' || undefined} />
        <path d="M266 60c0 27-224 27-224 7" data-active={state === 'half_open' || undefined} />
      </g>
      <g className={styles.head}>
        <path d="m113 41-7-3.6v7.2z" />
        <path d="m225 35-7-3.6v7.2z" />
        <path d="m195 49 7-3.6v7.2z" />
        <path d="m42 60-3.6 7h7.2z" />
      </g>
      {BOXES.map((box) => (
        <g
          key={box.state}
          className={styles.state}
          data-state={box.state}
          data-active={box.state === state || undefined}
        >
          <rect x={box.x} y="25" width="82" height="34" rx="8" />
          <text x={box.x + 41} y="46.5">
            {box.label}
          </text>
        </g>
      ))}
      {left !== null && (
        <text className={styles.left} x="210" y="18">
          {left}
        </text>
      )}
    </svg>
  )
}
