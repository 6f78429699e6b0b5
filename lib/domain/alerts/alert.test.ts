import { describe, expect, it } from 'vitest'
import { labelsFor, T0 } from './alerts.fixture.ts'
import { acknowledgeAlert, endAlert, isForgettable, newAlert, stepAlert, type Alert } from './alert.ts'
import { ALERT_SIGNALS, ALERT_STATES, ALERT_TABLE, type AlertSignal, type AlertState } from './alert-table.ts'
import { EVALUATION_GAP_MS, NEW_COURSE, type AlertRule, type Course } from './course.ts'
import { QUIET_HISTORY, ROUND_MS } from './flapping.ts'
import type { Verdict } from './verdict.ts'

const rule: AlertRule = { forMs: 60_000, keepFiringMs: 120_000, noData: 'show' }
const at0 = T0
const unseen = () => ({ value: null, sentence: '' })

const going = (alert: Alert, change: Partial<Course>): Alert => ({
  ...alert,
  course: { ...alert.course, ...change },
})
/** All there is to be seen of it in one object. */
const whole = ({ course, ...alert }: Alert) => ({ ...course, ...alert })

const pending: Alert = {
  ...newAlert(labelsFor('p1')),
  seen: { value: null, sentence: 'seen before' },
  course: {
    ...NEW_COURSE,
    state: 'pending',
    since: at0,
    runSince: at0,
    runEvaluations: 1,
    lastAt: at0,
    flaps: { ...QUIET_HISTORY, wasBad: true },
  },
}
const firing = going(pending, { state: 'firing', firedAt: at0, runEvaluations: 2 })
const recovering = going(firing, { state: 'recovering', runEvaluations: 2 })
const resolved = going(firing, { state: 'resolved', resolvedAt: at0, ending: 'recovered' })
const inactive = newAlert(labelsFor('p1'))
const byState: Record<AlertState, Alert> = { inactive, pending, firing, recovering, resolved }

type Row = [from: AlertState, signal: AlertSignal, to: AlertState]
const ROWS: Row[] = [
  ['inactive', 'bad', 'pending'],
  ['inactive', 'bad_held', 'firing'],
  ['inactive', 'good', 'inactive'],
  ['inactive', 'good_held', 'inactive'],
  ['inactive', 'none', 'inactive'],
  ['inactive', 'gone', 'inactive'],
  ['pending', 'bad', 'pending'],
  ['pending', 'bad_held', 'firing'],
  ['pending', 'good', 'inactive'],
  ['pending', 'good_held', 'inactive'],
  ['pending', 'none', 'inactive'],
  ['pending', 'gone', 'inactive'],
  ['firing', 'bad', 'firing'],
  ['firing', 'bad_held', 'firing'],
  ['firing', 'good', 'recovering'],
  ['firing', 'good_held', 'resolved'],
  ['firing', 'none', 'firing'],
  ['firing', 'gone', 'resolved'],
  ['recovering', 'bad', 'firing'],
  ['recovering', 'bad_held', 'firing'],
  ['recovering', 'good', 'recovering'],
  ['recovering', 'good_held', 'resolved'],
  ['recovering', 'none', 'recovering'],
  ['recovering', 'gone', 'resolved'],
  ['resolved', 'bad', 'pending'],
  ['resolved', 'bad_held', 'firing'],
  ['resolved', 'good', 'inactive'],
  ['resolved', 'good_held', 'inactive'],
  ['resolved', 'none', 'inactive'],
  ['resolved', 'gone', 'inactive'],
]

/** Makes the signal happen: the rule holds for nothing where it is to be held at once. */
function after(from: Alert, signal: AlertSignal): Alert {
  if (signal === 'gone') return endAlert(from, 'subject_gone', at0 + 15_000)
  const verdict: Verdict = signal === 'none' ? 'no_data' : signal.startsWith('bad') ? 'bad' : 'good'
  const held = signal.endsWith('held') ? { forMs: 0, keepFiringMs: 0 } : {}
  const describe = () => ({ value: 1, sentence: 'seen now' })
  return stepAlert(from, { verdict, at: at0 + 15_000, roundMs: ROUND_MS, describe }, { ...rule, ...held })
}

const step = (alert: Alert, verdict: Verdict, atMs: number, change: Partial<AlertRule> = {}): Alert =>
  stepAlert(
    alert,
    {
      verdict,
      at: at0 + atMs,
      roundMs: ROUND_MS,
      describe: () => ({ value: 1, sentence: `seen at ${atMs}` }),
    },
    { ...rule, ...change },
  )

/** Steps through verdicts that are 15 s apart, from `startMs` on. */
const through = (alert: Alert, verdicts: string, startMs: number, change: Partial<AlertRule> = {}): Alert =>
  Array.from(verdicts).reduce(
    (state, letter, index) =>
      step(
        state,
        letter === 'b' ? 'bad' : letter === 'g' ? 'good' : 'no_data',
        startMs + index * 15_000,
        change,
      ),
    alert,
  )

/** Steps through verdicts that are a round apart. */
const byRound = (alert: Alert, verdicts: string, change: Partial<AlertRule> = {}): Alert =>
  Array.from(verdicts).reduce(
    (state, letter, index) => step(state, letter === 'b' ? 'bad' : 'good', (index + 1) * ROUND_MS, change),
    alert,
  )

describe('the table', () => {
  it('has a row for every state and signal', () => {
    expect(ROWS).toHaveLength(ALERT_STATES.length * ALERT_SIGNALS.length)
    expect(new Set(ROWS.map(([from, signal]) => `${from} ${signal}`)).size).toBe(ROWS.length)
  })

  it.each(ROWS)('leads from %s by %s to %s', (from, signal, to) => {
    expect(ALERT_TABLE[from][signal]).toBe(to)
    expect(after(byState[from], signal).course.state).toBe(to)
  })
})

describe('stepAlert', () => {
  it('fires after its time, not a moment before', () => {
    const bad = step(step(inactive, 'bad', 0), 'bad', 30_000)
    expect(step(bad, 'bad', 59_999).course.state).toBe('pending')
    expect(whole(step(bad, 'bad', 60_000))).toMatchObject({
      state: 'firing',
      firedAt: at0 + 60_000,
      since: at0 + 60_000,
    })
  })

  it('fires at the second evaluation when its time is over before', () => {
    const once = step(inactive, 'bad', 0, { forMs: 1_000 })
    expect(once.course.state).toBe('pending')
    expect(step(once, 'bad', 30_000, { forMs: 1_000 }).course.state).toBe('firing')
  })

  it('resolves after its time, not a moment before', () => {
    const good = through(firing, 'ggg', 15_000)
    expect(step(good, 'good', 134_999).course.state).toBe('recovering')
    expect(whole(step(good, 'good', 135_000))).toMatchObject({
      state: 'resolved',
      ending: 'recovered',
      resolvedAt: at0 + 135_000,
      firedAt: at0,
    })
  })

  it('resolves in the third good round when its time is over before', () => {
    const quick = { keepFiringMs: 1_000 }
    expect(byRound(firing, 'gg', quick).course.state).toBe('recovering')
    expect(byRound(firing, 'ggg', quick).course.state).toBe('resolved')
  })

  it('counts a round once, however often it is looked at', () => {
    const good = through(firing, 'g'.repeat(6), 5_000, { keepFiringMs: 1_000 })
    expect(whole(good)).toMatchObject({ state: 'recovering', runEvaluations: 2 })
    const looks = Array.from({ length: 96 }, (_, second) => 5_000 + second * 1_000)
    const often = looks.reduce((alert, at) => step(alert, 'good', at, { keepFiringMs: 1_000 }), firing)
    expect(whole(often)).toMatchObject({ state: 'resolved', resolvedAt: at0 + 100_000 })
  })

  it('waits for three rounds of what is checked seldom', () => {
    const seldom = (times: number) =>
      Array.from({ length: times }).reduce<Alert>(
        (alert, _, index) =>
          stepAlert(
            alert,
            { verdict: 'good', at: at0 + (index + 1) * 15_000, roundMs: 300_000, describe: unseen },
            rule,
          ),
        firing,
      )
    // Rounds of 5 min begin 100 s and 400 s after the start.
    expect(whole(seldom(26))).toMatchObject({ state: 'recovering', runEvaluations: 2 })
    expect(whole(seldom(27))).toMatchObject({ state: 'resolved', resolvedAt: at0 + 405_000 })
  })

  it('fires after its time without waiting for a round', () => {
    const once = step(inactive, 'bad', 0, { forMs: 1_000 })
    expect(step(once, 'bad', 1_000, { forMs: 1_000 }).course.state).toBe('firing')
  })

  it('is the same alert when it turns bad while recovering, and counts its recovery anew', () => {
    const back = through(firing, 'gggb', 15_000)
    expect(whole(back)).toMatchObject({ state: 'firing', firedAt: at0, seen: { sentence: 'seen at 60000' } })
    expect(through(back, 'ggg', 75_000, { keepFiringMs: 45_000 }).course.state).toBe('recovering')
  })

  it('counts what is bad anew after it was good', () => {
    expect(through(inactive, 'bbbgbb', 0).course.state).toBe('pending')
    expect(through(inactive, 'bbbgbbbbb', 0).course.state).toBe('firing')
  })

  it('shows that there is no data and goes on', () => {
    expect(whole(through(firing, 'n', 15_000))).toMatchObject({ state: 'firing', hasData: false })
    expect(whole(through(firing, 'nb', 15_000))).toMatchObject({ state: 'firing', hasData: true })
    expect(through(recovering, 'nnnnnnnnnnnn', 15_000).course.state).toBe('recovering')
  })

  it('counts its recovery anew after nobody saw it', () => {
    expect(through(firing, 'ggngggggggg', 15_000).course.state).toBe('recovering')
    expect(through(firing, 'ggnggggggggg', 15_000).course.state).toBe('resolved')
  })

  it('takes no data as bad or as good where the rule says so', () => {
    expect(through(inactive, 'nnnnn', 0, { noData: 'fire' }).course.state).toBe('firing')
    expect(through(firing, 'nnnnnnnnn', 15_000, { noData: 'ok' }).course.state).toBe('resolved')
  })

  it('keeps an acknowledgement until it is resolved, and not for the next', () => {
    const seen = acknowledgeAlert(firing, { by: 'ada', at: at0, note: null })
    expect(through(seen, 'gb', 15_000).acknowledgement?.by).toBe('ada')
    const over = through(seen, 'ggggggggg', 15_000)
    expect(whole(over)).toMatchObject({ state: 'resolved', acknowledgement: { by: 'ada' } })
    expect(whole(through(over, 'bbbbb', 300_000))).toMatchObject({
      state: 'firing',
      acknowledgement: null,
      firedAt: at0 + 360_000,
      resolvedAt: null,
      ending: null,
    })
  })

  it('changes nothing when it is told the same twice', () => {
    const once = step(pending, 'bad', 15_000)
    expect(step(once, 'bad', 15_000)).toBe(once)
    const steady = through(firing, 'b'.repeat(30), 15_000)
    expect(step(steady, 'bad', 900_000)).toBe(steady)
  })

  it('begins anew after a gap in which nobody looked', () => {
    expect(step(pending, 'bad', EVALUATION_GAP_MS).course.state).toBe('firing')
    const slept = step(pending, 'bad', EVALUATION_GAP_MS + 1)
    expect(whole(slept)).toMatchObject({
      state: 'pending',
      runEvaluations: 1,
      runSince: at0 + EVALUATION_GAP_MS + 1,
    })
    expect(step(recovering, 'good', EVALUATION_GAP_MS + 1).course.state).toBe('recovering')
  })

  it('begins anew when the clock was set back', () => {
    expect(whole(step(pending, 'bad', -3_600_000))).toMatchObject({
      state: 'pending',
      runSince: at0 - 3_600_000,
    })
    expect(step(step(pending, 'bad', -3_600_000), 'bad', -3_540_000).course.state).toBe('firing')
  })

  it('does not end while it flaps, and ends when that is over', () => {
    const flapping = byRound(firing, 'gbgbgbgb')
    expect(whole(flapping)).toMatchObject({ state: 'firing', flaps: { isFlapping: true } })
    const held = byRound(firing, 'gbgbgbgb' + 'g'.repeat(15))
    expect(whole(held)).toMatchObject({ state: 'recovering', flaps: { isFlapping: true } })
    const states = Array.from({ length: 6 }, (_, more) =>
      byRound(firing, 'gbgbgbgb' + 'g'.repeat(16 + more)),
    ).map(({ course }) => [course.state, course.flaps.isFlapping])
    expect(states).toContainEqual(['resolved', false])
    expect(states).not.toContainEqual(['resolved', true])
  })

  it('raises no alarm by flapping alone', () => {
    expect(whole(byRound(inactive, 'bgbgbgbgbgb', { forMs: 60_001 }))).toMatchObject({
      state: 'pending',
      flaps: { isFlapping: true },
    })
  })
})

describe('endAlert', () => {
  it.each(['rule_deleted', 'rule_disabled', 'subject_gone'] as const)(
    'resolves with the reason %s',
    (ending) => {
      for (const alert of [firing, recovering])
        expect(whole(endAlert(alert, ending, at0 + 5))).toMatchObject({
          state: 'resolved',
          ending,
          resolvedAt: at0 + 5,
        })
    },
  )

  it('forgets what had not fired, and leaves what is over', () => {
    expect(whole(endAlert(pending, 'rule_deleted', at0 + 5))).toMatchObject({
      state: 'inactive',
      ending: null,
    })
    expect(endAlert(inactive, 'rule_deleted', at0 + 5)).toBe(inactive)
    const seen = { ...resolved, acknowledgement: { by: 'ada', at: at0, note: null } }
    expect(endAlert(seen, 'rule_deleted', at0 + 5).acknowledgement).toBeNull()
  })
})

describe('acknowledgeAlert', () => {
  it('takes the first, and only of an alarm', () => {
    const ada = { by: 'ada', at: at0, note: 'on it' }
    const seen = acknowledgeAlert(recovering, ada)
    expect(seen.acknowledgement).toEqual(ada)
    expect(acknowledgeAlert(seen, { ...ada, by: 'bob' })).toBe(seen)
    for (const alert of [inactive, pending, resolved]) expect(acknowledgeAlert(alert, ada)).toBe(alert)
  })
})

describe('isForgettable', () => {
  it('keeps what is going on and what has a history', () => {
    expect(isForgettable(inactive)).toBe(true)
    expect(isForgettable(resolved)).toBe(true)
    expect(isForgettable(going(resolved, { flaps: { ...QUIET_HISTORY, changes: 4 } }))).toBe(false)
    expect(isForgettable(pending)).toBe(false)
  })
})
