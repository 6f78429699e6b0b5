import { describe, expect, it } from 'vitest'
import { createFleetClock } from './clock.ts'

function machine() {
  const time = { wall: 1_700_000_000_000, monotonic: 5_000, boot: 9_000 }
  const clock = createFleetClock({
    wallMs: () => time.wall,
    monotonicMs: () => time.monotonic,
    bootMs: () => time.boot,
  })
  return {
    time,
    clock,
    run: (ms: number) => {
      time.wall += ms
      time.monotonic += ms
      time.boot += ms
    },
    sleep: (ms: number) => {
      time.wall += ms
      time.boot += ms
    },
  }
}

describe('the fleet clock', () => {
  it('starts at the wall clock and runs on with the monotonic one', () => {
    const { clock, run } = machine()
    expect(clock.now()).toBe(1_700_000_000_000)
    run(1_234)
    expect(clock.now()).toBe(1_700_000_001_234)
    expect(clock.catchUp()).toBe(0)
  })

  it('is not moved by a wall clock that steps, either way', () => {
    const { clock, time, run } = machine()
    time.wall -= 3_600_000
    expect(clock.catchUp()).toBe(0)
    run(10)
    time.wall += 7_200_000
    expect(clock.catchUp()).toBe(0)
    expect(clock.now()).toBe(1_700_000_000_010)
  })

  it('moves over a sleep once, when it is told to look', () => {
    const { clock, run, sleep } = machine()
    run(1_000)
    sleep(60_000)
    expect(clock.now()).toBe(1_700_000_001_000)
    expect(clock.catchUp()).toBe(60_000)
    expect(clock.now()).toBe(1_700_000_061_000)
    expect(clock.catchUp()).toBe(0)
    sleep(30_000)
    expect(clock.catchUp()).toBe(30_000)
    expect(clock.now()).toBe(1_700_000_091_000)
  })

  it('takes the coarseness of the time since boot for no sleep', () => {
    const { clock, time } = machine()
    time.boot += 999
    expect(clock.catchUp()).toBe(0)
    time.boot -= 1_998
    expect(clock.catchUp()).toBe(0)
    expect(clock.now()).toBe(1_700_000_000_000)
  })
})
