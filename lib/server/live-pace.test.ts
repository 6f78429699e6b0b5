import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOLD_MS, initialPace, type Pace, paceAfterHold, paceRow, ROWS_PER_SECOND } from './live-pace.ts'

function rowsAt(start: Pace, times: number[]): { pace: Pace; sent: number } {
  let pace = start
  let sent = 0
  for (const at of times) {
    const step = paceRow(pace, at)
    pace = step.pace
    if (step.send) sent += 1
  }
  return { pace, sent }
}

const evenly = (perSecond: number, seconds: number) =>
  Array.from({ length: perSecond * seconds }, (_, n) => (n * 1_000) / perSecond)

describe('the pace of rows', () => {
  it('sends every row at once at that many a second, for as long as it lasts', () => {
    expect(rowsAt(initialPace(0), evenly(ROWS_PER_SECOND, 60))).toMatchObject({
      sent: 60 * ROWS_PER_SECOND,
      pace: { heldUntil: null },
    })
  })

  it("lets a second's rows come all together", () => {
    expect(rowsAt(initialPace(0), Array<number>(ROWS_PER_SECOND).fill(0))).toMatchObject({
      sent: ROWS_PER_SECOND,
    })
  })

  it('holds the row after them, and all that follow, for half a second', () => {
    const { pace, sent } = rowsAt(initialPace(0), Array<number>(ROWS_PER_SECOND + 20).fill(7))
    expect(sent).toBe(ROWS_PER_SECOND)
    expect(pace.heldUntil).toBe(7 + HOLD_MS)
    expect(paceRow(pace, 400).send).toBe(false)
  })

  it('goes on holding while more than half as many rows come in a hold, and is at once again when fewer do', () => {
    const held: Pace = { tokens: 0, at: 0, heldUntil: HOLD_MS }
    expect(paceAfterHold(held, 38, HOLD_MS)).toEqual({ tokens: 0, at: HOLD_MS, heldUntil: 2 * HOLD_MS })
    const free = paceAfterHold(held, 32, HOLD_MS)
    expect(free).toEqual({ tokens: 5.5, at: HOLD_MS, heldUntil: null })
    expect(paceRow(free, HOLD_MS).send).toBe(true)
  })

  it('never sends more at once than the second allows, however rows come', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 400, size: 'max' }), (gaps) => {
        let at = 0
        const times = gaps.map((gap) => (at += gap))
        const { sent } = rowsAt(initialPace(0), times)
        expect(sent).toBeLessThanOrEqual(ROWS_PER_SECOND + (at * ROWS_PER_SECOND) / 1_000)
      }),
    )
  })
})
