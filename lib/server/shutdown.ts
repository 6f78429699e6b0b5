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
  /** Told of what went wrong on the way; the stop goes on. */
  onFault: (error: unknown) => void
}

/**
 * Drains and stops in order on the first signal and exits with 0, at the latest `withinMs` after it has drained; a
 * second signal exits at once, with 128 and the signal's number, as shells expect.
 */
export function stopOnSignals(host: Process, { drain, stop, withinMs, onOutcome, onFault }: Stopping): void {
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
      (error: unknown) => {
        onFault(error)
        end('failed')
      },
    )
  }
  const signalled = (signal: Signal) => {
    if (isStopping) return host.exit(128 + SIGNAL_NUMBER[signal])
    isStopping = true
    drain().then(stopNow, (error: unknown) => {
      onFault(error)
      stopNow()
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.on(signal, () => signalled(signal))
}
