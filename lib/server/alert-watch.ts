import type { Bus } from '#lib/services/engine.ts'
import type { Timers } from './live-hub.ts'

/** How often rules are evaluated when nothing happens. */
export const ALERT_TICK_MS = 1_000
/** What happens together is evaluated together: in an outage circuits open by the hundred. */
const GATHER_MS = 100
/** After an evaluation nothing hurries for as long as it took, so many times over: it must not hold up the loop. */
const REST_FACTOR = 9

type Watched = {
  bus: Bus
  now: () => number
  /** Evaluates everything, and says when something is due if nothing else happens, epoch ms; null: never. */
  evaluate: () => number | null
  onFault: (error: unknown) => void
  timers: Pick<Timers, 'after'>
}

/** Evaluates alerts every second, at every deadline, and soon after a circuit or a provider's status changed. */
export function watchAlertsBy({ bus, now, evaluate, onFault, timers }: Watched): () => void {
  let callOff: (() => void) | null = null
  let plannedAt = Number.POSITIVE_INFINITY
  let restUntil = 0
  let isStopped = false

  function run(): void {
    const startedAt = now()
    let dueAt: number | null = null
    try {
      dueAt = evaluate()
    } catch (error) {
      onFault(error)
    }
    const endedAt = now()
    restUntil = endedAt + REST_FACTOR * (endedAt - startedAt)
    plannedAt = Number.POSITIVE_INFINITY
    const wantedAt = Math.min(dueAt ?? Number.POSITIVE_INFINITY, endedAt + ALERT_TICK_MS)
    // A deadline that has passed and stays must not make the loop spin.
    plan(Math.max(wantedAt, endedAt + GATHER_MS))
  }

  function plan(at: number): void {
    const wanted = Math.max(at, restUntil)
    if (isStopped || wanted >= plannedAt) return
    callOff?.()
    plannedAt = wanted
    callOff = timers.after(Math.max(0, Math.ceil(wanted - now())), run)
  }

  const stopListening = bus.on((event) => {
    if (event.type === 'record') plan(now() + GATHER_MS)
  })
  plan(now())
  return () => {
    isStopped = true
    stopListening()
    callOff?.()
  }
}
