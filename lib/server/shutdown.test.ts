import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { stopOnSignals } from './shutdown.ts'

function host() {
  const signals = new EventEmitter()
  const exited = Promise.withResolvers<number>()
  return {
    process: {
      on: (signal: string, listener: () => void) => signals.on(signal, listener),
      exit: (code: number) => exited.resolve(code),
    },
    send: (signal: 'SIGTERM' | 'SIGINT') => signals.emit(signal),
    code: exited.promise,
  }
}

const drain = () => Promise.resolve()
const onFault = (error: unknown) => {
  throw error
}

describe('a signal', () => {
  it('lets open requests have their own time before the stop is timed', async () => {
    const { process, send, code } = host()
    const steps: string[] = []
    const drained = Promise.withResolvers<undefined>()
    stopOnSignals(process, {
      drain: () => drained.promise,
      stop: () => Promise.resolve(void steps.push('stop')),
      withinMs: 1,
      onOutcome: (outcome) => steps.push(outcome),
      onFault,
    })
    send('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(steps).toEqual([])
    drained.resolve(undefined)
    expect(await code).toBe(0)
    expect(steps).toEqual(['stop', 'stopped'])
  })

  it('stops in order and exits with 0', async () => {
    const { process, send, code } = host()
    const steps: string[] = []
    stopOnSignals(process, {
      drain,
      stop: () => Promise.resolve(void steps.push('stop')),
      withinMs: 60_000,
      onOutcome: (outcome) => steps.push(outcome),
      onFault,
    })
    send('SIGTERM')
    expect(await code).toBe(0)
    expect(steps).toEqual(['stop', 'stopped'])
  })

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const)('given a second time exits at once: %s', async (signal, expected) => {
    const { process, send, code } = host()
    let stops = 0
    const stop = () => {
      stops += 1
      return new Promise<void>(() => undefined)
    }
    stopOnSignals(process, { drain, stop, withinMs: 60_000, onOutcome: () => undefined, onFault })
    send('SIGTERM')
    send(signal)
    expect(await code).toBe(expected)
    expect(stops).toBe(1)
  })

  it('does not wait for ever', async () => {
    const { process, send, code } = host()
    const outcomes: string[] = []
    stopOnSignals(process, {
      drain,
      stop: () => new Promise<void>(() => undefined),
      withinMs: 1,
      onOutcome: (outcome) => outcomes.push(outcome),
      onFault,
    })
    send('SIGINT')
    expect(await code).toBe(0)
    expect(outcomes).toEqual(['timed_out'])
  })

  it('exits also when draining and stopping fail, and tells each fault', async () => {
    const { process, send, code } = host()
    const told: unknown[] = []
    const faults = { drain: new Error('not drained'), stop: new Error('not stopped') }
    stopOnSignals(process, {
      drain: () => Promise.reject(faults.drain),
      stop: () => Promise.reject(faults.stop),
      withinMs: 60_000,
      onOutcome: (outcome) => told.push(outcome),
      onFault: (error) => told.push(error),
    })
    send('SIGINT')
    expect(await code).toBe(0)
    expect(told).toEqual([faults.drain, faults.stop, 'failed'])
  })
})
