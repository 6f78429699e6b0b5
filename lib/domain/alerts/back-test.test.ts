import { describe, expect, it } from 'vitest'
import { aDeadProvider, aProvider, aRule, T0, windowsOf } from './alerts.fixture.ts'
import { backTest, type RecordedEvaluation } from './back-test.ts'

const MINUTE_MS = 60_000

/** Half-minutes of providers, a letter each: up or down. */
function record(histories: Readonly<Record<string, string>>): RecordedEvaluation[] {
  const length = Math.max(...Object.values(histories).map((history) => history.length))
  return Array.from({ length }, (_, index) =>
    Object.entries(histories).map(([id, history]) => ({
      at: T0 + index * 30_000,
      facts: history[index] === 'd' ? aDeadProvider(id) : aProvider(id),
      windows: windowsOf(),
    })),
  ).flat()
}

describe('backTest', () => {
  it('says how often, of whom, from when and until when', () => {
    const { firings, evaluations } = backTest(
      aRule({ keepFiringMs: MINUTE_MS }),
      record({ p1: 'uudddduuuuuuddduuuuu', p2: 'uuuuddduuuuuuuuuuu', p3: 'ududududududududud' }),
    )
    const halfMinutes = firings.map(({ subject, firedAt, resolvedAt }) => [
      subject.type === 'provider' ? subject.id : null,
      (firedAt - T0) / 30_000,
      resolvedAt === null ? null : (resolvedAt - T0) / 30_000,
    ])
    expect(halfMinutes).toEqual([
      ['p1', 4, 10],
      ['p2', 6, 10],
      ['p1', 14, 18],
    ])
    expect(firings[0]!.sentence).toBe('p1 is unhealthy: 3 failures in a row: refused')
    expect(evaluations).toBe(60)
  })

  it('counts rounds as long as the checks of its subject are apart', () => {
    const seldom = record({ p1: `ddd${'u'.repeat(30)}` }).map((each) => ({
      ...each,
      facts: { ...each.facts, checkIntervalMs: 300_000 },
    }))
    // Rounds of 5 min begin 100 s and 400 s after the start.
    expect(backTest(aRule({ keepFiringMs: MINUTE_MS }), seldom).firings).toMatchObject([
      { resolvedAt: T0 + 420_000 },
    ])
  })

  it('leaves open what had not ended', () => {
    expect(backTest(aRule(), record({ p1: 'ddddd' })).firings).toMatchObject([{ resolvedAt: null }])
  })

  it('tries a rule that is off, and asks of no one outside its scope', () => {
    const scope = { type: 'providers', ids: ['p2'] } as const
    const result = backTest(aRule({ isEnabled: false, scope }), record({ p1: 'ddddd', p2: 'uuddd' }))
    expect(result).toMatchObject({ evaluations: 5, firings: [{ subject: { id: 'p2' } }] })
  })

  it('says that it looked at nothing when it did', () => {
    expect(backTest(aRule({ condition: { type: 'monitor_impaired' } }), record({ p1: 'ddddd' }))).toEqual({
      firings: [],
      evaluations: 0,
    })
  })
})
