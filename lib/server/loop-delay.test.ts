import { describe, expect, it } from 'vitest'
import { createLoopDelay, TICK_MS } from './loop-delay.ts'

function watched() {
  let now = 0
  const loop = createLoopDelay(() => now)
  return {
    loop,
    at: () => now,
    /** The timer fires `late` ms after it should have. */
    tick: (late: number) => {
      now += TICK_MS + late
      loop.tick()
    },
    pass: (ms: number) => {
      now += ms
    },
  }
}

describe('the delay of the event loop', () => {
  it('is nothing while the timer fires in time', () => {
    const { loop, tick } = watched()
    for (let n = 0; n < 100; n += 1) tick(2)
    expect(loop.maxDelaySince(0)).toBe(0)
  })

  it('is the longest stall since the asked time', () => {
    const { loop, tick, at } = watched()
    tick(900)
    const between = at() + 1
    tick(300)
    tick(120)
    expect(loop.maxDelaySince(0)).toBe(900)
    expect(loop.maxDelaySince(between)).toBe(300)
    expect(loop.maxDelaySince(at() + 1)).toBe(0)
  })

  it('is that of the stalls that lie in the asked time at least in part', () => {
    const { loop, tick, at, pass } = watched()
    tick(0)
    const before = at() + TICK_MS
    tick(900)
    const after = at()
    expect(loop.maxDelaySince(0, before)).toBe(0)
    expect(loop.maxDelaySince(0, before + 1)).toBe(900)
    expect(loop.maxDelaySince(before + 500, before + 600)).toBe(900)
    expect(loop.maxDelaySince(after + 1, after + 2)).toBe(0)
    pass(TICK_MS + 700)
    expect(loop.maxDelaySince(after + 1, after + TICK_MS)).toBe(0)
    expect(loop.maxDelaySince(after + 1, after + TICK_MS + 1)).toBe(700)
  })

  it('counts a stall that the timer has not seen the end of', () => {
    const { loop, tick, pass } = watched()
    tick(0)
    pass(TICK_MS + 700)
    expect(loop.maxDelaySince(0)).toBe(700)
  })

  it('forgets what no check can have spanned', () => {
    const { loop, tick, pass } = watched()
    tick(900)
    pass(500_000)
    loop.tick()
    tick(150)
    expect(loop.maxDelaySince(450_000)).toBeGreaterThan(400_000)
    tick(0)
    expect(loop.maxDelaySince(500_100 + 900)).toBe(150)
  })
})
