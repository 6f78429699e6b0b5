import { describe, expect, it } from 'vitest'
import { initialConnection, nextConnection, SILENCE_MS, type Connection } from './connection.ts'

const live: Connection = { state: 'live', since: 1_000, heardAt: 5_000 }
const waiting: Connection = { state: 'waiting', since: 5_000, attempt: 2, retryAt: 9_000 }

describe('nextConnection', () => {
  it('is live from the first thing heard, and stays so since then', () => {
    const first = nextConnection(initialConnection(0), 'heard', 700)
    expect(first).toEqual({ state: 'live', since: 700, heardAt: 700 })
    expect(nextConnection(first, 'heard', 900)).toEqual({ state: 'live', since: 700, heardAt: 900 })
  })

  it('waits longer after each failure in a row, at most 10 s', () => {
    let connection: Connection = live
    const delays: number[] = []
    for (let now = 10_000; delays.length < 6; now += 60_000) {
      connection = nextConnection(connection, 'failed', now)
      if (connection.state === 'waiting') delays.push(connection.retryAt - now)
      connection = nextConnection(connection, 'tick', now + 60_000)
    }
    expect(delays).toEqual([1_000, 2_000, 5_000, 10_000, 10_000, 10_000])
  })

  it('remembers over retries when it last heard something', () => {
    const lost = nextConnection(live, 'failed', 6_000)
    const retried = nextConnection(nextConnection(lost, 'retry', 6_500), 'failed', 7_000)
    expect(lost.since).toBe(5_000)
    expect(retried).toMatchObject({ state: 'waiting', since: 5_000, attempt: 2 })
  })

  it('calls a silent stream dead, but not one tick early', () => {
    expect(nextConnection(live, 'tick', 5_000 + SILENCE_MS)).toBe(live)
    expect(nextConnection(live, 'tick', 5_001 + SILENCE_MS)).toMatchObject({ state: 'waiting', since: 5_000 })
  })

  it('retries when the time has come, or when told to', () => {
    expect(nextConnection(waiting, 'tick', 8_999)).toBe(waiting)
    expect(nextConnection(waiting, 'tick', 9_000)).toMatchObject({ state: 'connecting', attempt: 2 })
    expect(nextConnection(waiting, 'retry', 6_000)).toMatchObject({ state: 'connecting', attempt: 2 })
    expect(nextConnection(live, 'retry', 6_000)).toBe(live)
  })

  it('does not push a retry later when the failure is told twice', () => {
    expect(nextConnection(waiting, 'failed', 8_000)).toBe(waiting)
  })
})
