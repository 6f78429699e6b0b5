import { describe, expect, it } from 'vitest'
import { createBus } from '#lib/services/bus.ts'
import type { FleetEvent } from '#lib/services/engine.ts'
import { ALERT_TICK_MS, watchAlertsBy } from './alert-watch.ts'

const RECORD = { type: 'record', record: {} } as unknown as FleetEvent

/** A watch with a hand clock; evaluating takes `tookMs` and says that something is due at `dueAt`. */
function stage(given: { tookMs?: number; dueAt?: () => number | null; fault?: Error } = {}) {
  let now = 0
  let timers: { at: number; run: () => void }[] = []
  const bus = createBus()
  const ran: number[] = []
  const faults: unknown[] = []
  const stop = watchAlertsBy({
    bus,
    now: () => now,
    evaluate: () => {
      ran.push(now)
      now += given.tookMs ?? 0
      if (given.fault !== undefined) throw given.fault
      return given.dueAt?.() ?? null
    },
    onFault: (error) => faults.push(error),
    timers: {
      after: (ms, run) => {
        const timer = { at: now + ms, run }
        timers.push(timer)
        return () => {
          timers = timers.filter((other) => other !== timer)
        }
      },
    },
  })
  function pass(ms: number) {
    const end = now + ms
    for (;;) {
      const next = timers.sort((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > end) break
      timers.shift()
      now = Math.max(now, next.at)
      next.run()
    }
    now = Math.max(now, end)
  }
  return { bus, ran, faults, stop, pass, pending: () => timers.length }
}

describe('the watch over alerts', () => {
  it('looks at once, and then every second', () => {
    const { ran, pass } = stage()
    pass(2_500)
    expect(ran).toEqual([0, ALERT_TICK_MS, 2 * ALERT_TICK_MS])
  })

  it('looks at a deadline before the second is over', () => {
    const { ran, pass } = stage({ dueAt: () => 250 })
    pass(250)
    expect(ran).toEqual([0, 250])
  })

  it('does not spin when a deadline that has passed stays', () => {
    const { ran, pass } = stage({ dueAt: () => 0 })
    pass(400)
    expect(ran).toEqual([0, 100, 200, 300, 400])
  })

  it('looks soon after circuits moved, once for all that moved together', () => {
    const { bus, ran, pass } = stage()
    pass(100)
    for (let event = 0; event < 500; event += 1) bus.emit(RECORD)
    pass(110)
    expect(ran).toEqual([0, 200])
    bus.emit({ type: 'settings', version: 2 })
    pass(500)
    expect(ran).toEqual([0, 200])
  })

  it('rests nine times as long as a look took', () => {
    const { bus, ran, pass } = stage({ tookMs: 40 })
    pass(0)
    bus.emit(RECORD)
    pass(398)
    expect(ran).toEqual([0, 400])
  })

  it('goes on after a fault, and says so', () => {
    const fault = new Error('out of luck')
    const { ran, faults, pass } = stage({ fault })
    pass(1_000)
    expect(ran).toEqual([0, 1_000])
    expect(faults).toEqual([fault, fault])
  })

  it('has nothing planned once it is stopped', () => {
    const { bus, ran, stop, pass, pending } = stage()
    pass(0)
    stop()
    bus.emit(RECORD)
    expect(pending()).toBe(0)
    pass(5_000)
    expect(ran).toEqual([0])
  })
})
