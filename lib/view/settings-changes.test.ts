import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SETTINGS_PATHS } from '#lib/contract/bounds.ts'
import { DEFAULT_SETTINGS, type Settings } from '#lib/contract/settings.ts'
import {
  changedPaths,
  differingProviders,
  mergeSettings,
  ownThreshold,
  withOwnThreshold,
  resolveConflicts,
  settingsChanges,
} from './settings-changes.ts'
import { settingAt, settingsField, withSetting } from './settings-fields.ts'

const base = DEFAULT_SETTINGS

describe('settingsChanges', () => {
  it('finds nothing between equal settings, however they are written', () => {
    expect(settingsChanges(base, base)).toEqual([])
    expect(settingsChanges(base, withSetting(base, 'breaker.recoveryTimeout', '1m'))).toEqual([])
  })

  it('names each change in words and units', () => {
    let after = withSetting(base, 'breaker.failureRate', 0.07)
    after = withSetting(after, 'breaker.slowCall', '4s')
    expect(settingsChanges(base, after)).toEqual([
      {
        path: 'breaker.failureRate',
        label: 'Or at a failure rate of',
        providerId: null,
        before: '50\u202f%',
        after: '7\u202f%',
      },
      { path: 'breaker.slowCall', label: 'Slow call', providerId: null, before: 'off', after: '4s' },
    ])
  })

  it("tells a provider's own thresholds coming, changing and going", () => {
    const before: Settings = {
      ...base,
      providers: { a: { monitor: { interval: '10s' } }, b: { breaker: { minCalls: 4 } } },
    }
    const after: Settings = { ...base, providers: { b: { breaker: { minCalls: 8, slowCall: 'off' } } } }
    expect(
      settingsChanges(before, after).map(({ providerId, path, before: from, after: to }) => [
        providerId,
        path,
        from,
        to,
      ]),
    ).toEqual([
      ['a', 'monitor.interval', '10s', 'inherits'],
      ['b', 'breaker.minCalls', '4', '8'],
      ['b', 'breaker.slowCall', 'inherits', 'off'],
    ])
  })
})

describe('differingProviders', () => {
  it('lists those with a threshold of their own, not those that only mention one', () => {
    expect(
      differingProviders({
        z: { breaker: { failureThreshold: 2 } },
        a: { monitor: { interval: null } },
        b: {},
      }),
    ).toEqual([
      {
        id: 'z',
        thresholds: [
          { path: 'breaker.failureThreshold', label: 'Opens after failures in a row', value: '2' },
        ],
      },
    ])
  })
})

describe('withOwnThreshold', () => {
  const interval = settingsField('monitor.interval')
  it('sets one value and leaves the others', () => {
    const own = withOwnThreshold({ monitor: { timeout: '2s' } }, interval, '10s')
    expect(own).toEqual({ monitor: { timeout: '2s', interval: '10s' } })
    expect(ownThreshold(own, interval)).toBe('10s')
  })

  it('leaves nothing behind when the last value inherits again', () => {
    expect(
      withOwnThreshold({ monitor: { interval: '10s' }, health: { minSamples: 3 } }, interval, null),
    ).toEqual({
      health: { minSamples: 3 },
    })
  })
})

describe('mergeSettings', () => {
  const mine = withSetting(withSetting(base, 'breaker.failureThreshold', 3), 'breaker.minCalls', 20)
  const theirs: Settings = {
    ...withSetting(withSetting(base, 'breaker.failureThreshold', 7), 'monitor.interval', '20s'),
    providers: { a: { breaker: { minCalls: 1 } } },
  }
  const merge = mergeSettings({ base, mine, theirs })

  it('keeps what only one side changed, from both sides', () => {
    expect(merge.merged.monitor.interval).toBe('20s')
    expect(merge.merged.breaker.minCalls).toBe(20)
    expect(merge.merged.providers).toEqual(theirs.providers)
    expect(merge.theirs.map(({ path, providerId }) => [path, providerId])).toEqual([
      ['monitor.interval', null],
      ['breaker.minCalls', 'a'],
    ])
  })

  it('asks about what both changed differently', () => {
    expect(merge.conflicts).toEqual([
      {
        path: 'breaker.failureThreshold',
        label: 'Opens after failures in a row',
        base: '5',
        mine: '3',
        theirs: '7',
      },
    ])
    expect(merge.merged.breaker.failureThreshold).toBe(3)
    expect(
      resolveConflicts(merge, theirs, new Set(['breaker.failureThreshold'])).breaker.failureThreshold,
    ).toBe(7)
    expect(resolveConflicts(merge, theirs, new Set()).breaker.failureThreshold).toBe(3)
  })

  it('does not ask where both changed to the same', () => {
    expect(mergeSettings({ base, mine, theirs: mine }).conflicts).toEqual([])
  })

  // Mutants killed: merge starting from mine or base instead of theirs, conflicts by "mine differs from theirs" alone,
  // keepTheirs negated.
  it('takes each threshold from one of the two sides, and from the side that changed it', () => {
    const counts = SETTINGS_PATHS.filter((path) => typeof settingAt(base, path) === 'number')
    const draft = fc
      .array(fc.tuple(fc.constantFrom(...counts), fc.integer({ min: 1, max: 3 })), { maxLength: 6 })
      .map((edits) =>
        edits.reduce<Settings>((settings, [path, value]) => withSetting(settings, path, value), base),
      )
    fc.assert(
      fc.property(draft, draft, (left, right) => {
        const result = mergeSettings({ base, mine: left, theirs: right })
        for (const path of counts) {
          const [b, m, t, r] = [base, left, right, result.merged].map((settings) => settingAt(settings, path))
          expect(r).toBe(m === b ? t : m)
          expect(result.conflicts.some((conflict) => conflict.path === path)).toBe(
            m !== b && t !== b && m !== t,
          )
        }
        const allTheirs = resolveConflicts(result, right, new Set(counts))
        for (const { path } of result.conflicts)
          expect(settingAt(allTheirs, path)).toBe(settingAt(right, path))
        expect(
          changedPaths(right, allTheirs).every((path) => settingAt(right, path) === settingAt(base, path)),
        ).toBe(true)
      }),
    )
  })
})
