/** How a stop went: in order, cut off because it took too long, or with a fault. */
export type StopOutcome = 'stopped' | 'timed_out' | 'failed'

type Signal = 'SIGTERM' | 'SIGINT'
const SIGNAL_NUMBER: Readonly<Record<Signal, number>> = { SIGINT: 2, SIGTERM: 15 }

type Process = {
  on: (signal: Signal, listener: () => void) => unknown
  exit: (code: number) => void
}

type Stopping = {
  /** What may take its own time first; bounded by itself. */
  drain: () => Promise<void>
  stop: () => Promise<void>
  withinMs: number
  onOutcome: (outcome: StopOutcome) => void
}

/**
 * Drains and stops in order on the first signal and exits with 0, at the latest `withinMs` after it has drained; a
 * second signal exits at once, with 128 and the signal's number, as shells expect.
 */
export function stopOnSignals(host: Process, { drain, stop, withinMs, onOutcome }: Stopping): void {
  let isStopping = false
  const finish = (outcome: StopOutcome) => {
    onOutcome(outcome)
    host.exit(0)
  }
  const stopNow = () => {
    const cutOff = setTimeout(() => finish('timed_out'), withinMs)
    const end = (outcome: StopOutcome) => {
      clearTimeout(cutOff)
      finish(outcome)
    }
    stop().then(
      () => end('stopped'),
      () => end('failed'),
    )
  }
  const signalled = (signal: Signal) => {
    if (isStopping) return host.exit(128 + SIGNAL_NUMBER[signal])
    isStopping = true
    drain().then(stopNow, stopNow)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.on(signal, () => signalled(signal))
}
