/** How a stop went: in order, cut off because it took too long, or with a fault. */
export type StopOutcome = 'stopped' | 'timed_out' | 'failed'

type Signal = 'SIGTERM' | 'SIGINT'
const SIGNAL_NUMBER: Readonly<Record<Signal, number>> = { SIGINT: 2, SIGTERM: 15 }

type Process = {
  on: (signal: Signal, listener: () => void) => unknown
  exit: (code: number) => void
}

/**
 * Stops in order on the first signal and exits with 0, at the latest after `withinMs`; a second signal exits at once,
 * with 128 and the signal's number, as shells expect.
 */
export function stopOnSignals(
  host: Process,
  {
    stop,
    withinMs,
    onOutcome,
  }: { stop: () => Promise<void>; withinMs: number; onOutcome: (outcome: StopOutcome) => void },
): void {
  let isStopping = false
  const finish = (outcome: StopOutcome) => {
    onOutcome(outcome)
    host.exit(0)
  }
  const signalled = (signal: Signal) => {
    if (isStopping) return host.exit(128 + SIGNAL_NUMBER[signal])
    isStopping = true
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
  for (const signal of ['SIGTERM', 'SIGINT'] as const) host.on(signal, () => signalled(signal))
}
