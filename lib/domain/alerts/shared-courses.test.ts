import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { T0 } from './alerts.fixture.ts'
import { NEW_COURSE, stepCourse, type AlertRule, type Course, type CourseLook } from './course.ts'
import { ROUND_MS } from './flapping.ts'
import { SharedCourses } from './shared-courses.ts'

const rule: AlertRule = { forMs: 60_000, keepFiringMs: 120_000, noData: 'show' }
const bad: CourseLook = { verdict: 'bad', at: T0, roundMs: ROUND_MS }

const rules: fc.Arbitrary<AlertRule> = fc.record({
  forMs: fc.constantFrom(0, 20_000, 60_000),
  keepFiringMs: fc.constantFrom(0, 60_000),
  noData: fc.constantFrom('show', 'fire', 'ok'),
})
const looks = fc.record({
  verdict: fc.constantFrom<CourseLook['verdict']>('bad', 'good', 'no_data'),
  roundMs: fc.constantFrom(ROUND_MS, 150_000),
})

describe('shared courses', () => {
  it('are the same object where the same becomes of the same, by whichever rule', () => {
    const { stepped } = new SharedCourses()
    const one = stepped(NEW_COURSE, bad, rule)
    expect(one).toMatchObject({ state: 'pending', since: T0 })
    expect(stepped(NEW_COURSE, { ...bad }, { ...rule })).toBe(one)
    // Equal is not the same: it may have gone otherwise in what nobody compared.
    expect(stepped({ ...NEW_COURSE }, bad, rule)).not.toBe(one)
  })

  it('come to what they would come to alone', () => {
    const ticks = fc.array(
      fc.record({ waitMs: fc.constantFrom(1_000, 30_000, 70_000), pairs: fc.array(fc.tuple(looks, rules)) }),
      { minLength: 2, maxLength: 12 },
    )
    fc.assert(
      fc.property(ticks, (steps) => {
        let at = T0
        const shared: Course[] = []
        const alone: Course[] = []
        for (const { waitMs, pairs } of steps) {
          at += waitMs
          const { stepped } = new SharedCourses()
          for (const [place, [look, by]] of pairs.entries()) {
            shared[place] = stepped(shared[place] ?? NEW_COURSE, { ...look, at }, by)
            alone[place] = stepCourse(alone[place] ?? NEW_COURSE, { ...look, at }, by)
          }
          expect(shared).toEqual(alone)
        }
      }),
      { numRuns: 300 },
    )
  })

  it.each<[what: keyof AlertRule, change: Partial<AlertRule>, verdict: CourseLook['verdict']]>([
    ['forMs', { forMs: 0 }, 'bad'],
    ['keepFiringMs', { keepFiringMs: 0 }, 'good'],
    ['noData', { noData: 'ok' }, 'no_data'],
  ])('tell rules apart by their %s', (_what, change, verdict) => {
    const from: Course = { ...NEW_COURSE, state: verdict === 'bad' ? 'inactive' : 'firing', firedAt: 0 }
    const { stepped } = new SharedCourses()
    const look = { ...bad, verdict }
    expect(stepped(from, look, rule).state).not.toBe(stepped(from, look, { ...rule, ...change }).state)
  })

  it('tell looks at other times apart', () => {
    const { stepped } = new SharedCourses()
    stepped(NEW_COURSE, bad, rule)
    expect(stepped(NEW_COURSE, { ...bad, at: T0 + 1 }, rule).since).toBe(T0 + 1)
  })

  it('come to the same by more kinds of rules than are remembered', () => {
    const { stepped } = new SharedCourses()
    for (let seconds = 0; seconds < 40; seconds += 1) {
      const by = { ...rule, forMs: seconds * 1_000 }
      expect(stepped(NEW_COURSE, bad, by)).toEqual(stepCourse(NEW_COURSE, bad, by))
    }
  })
})
