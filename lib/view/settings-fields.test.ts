import { describe, expect, it } from 'vitest'
import { SETTINGS_PATHS } from '#lib/contract/bounds.ts'
import { DEFAULT_SETTINGS, settingsSchema } from '#lib/contract/settings.ts'
import {
  boundsInUnit,
  complaintInUnit,
  fieldsOfGroup,
  INHERITABLE_FIELDS,
  sameSetting,
  settingAt,
  settingHint,
  settingsField,
  SETTINGS_GROUPS,
  settingWords,
  withSetting,
} from './settings-fields.ts'

describe('the fields of the thresholds form', () => {
  it('cover every threshold once', () => {
    const shown = SETTINGS_GROUPS.flatMap(({ group }) => fieldsOfGroup(group)).map(({ path }) => path)
    expect([...shown].sort()).toEqual([...SETTINGS_PATHS].sort())
  })

  it('offer providers what a provider may set', () => {
    const paths = INHERITABLE_FIELDS.map(({ path }) => path)
    expect(paths).toContain('monitor.interval')
    expect(paths).not.toContain('monitor.concurrency')
    expect(paths.some((path) => path.startsWith('routing') || path.startsWith('history'))).toBe(false)
  })

  it.each([
    ['breaker.failureThreshold', 'count', '1 to 100'],
    ['monitor.interval', 'duration', '1\u202fs to 1\u202fh'],
    ['breaker.slowCall', 'duration', '100\u202fms to 5\u202fmin, or off'],
    ['breaker.failureRate', 'percent', 'More than 0\u202f%, at most 100\u202f%'],
    ['monitor.jitter', 'percent', '0\u202f% to 50\u202f%'],
    ['breaker.openGrowth', 'factor', '1 to 10'],
    ['history.raw', 'duration', '1\u202fh to 30\u202fd'],
    ['alerts.repeat', 'duration', '10\u202fmin to 7\u202fd'],
  ] as const)('%s is a %s of %s, as its schema says', (path, unit, bounds) => {
    expect(settingsField(path).unit).toBe(unit)
    expect(boundsInUnit(settingsField(path))).toBe(bounds)
  })

  it('have a hint under the defaults and under a draft', () => {
    for (const path of SETTINGS_PATHS)
      expect(settingHint(settingsField(path), DEFAULT_SETTINGS)).toMatch(/^[A-Z×].*\.$/)
    const draft = withSetting(DEFAULT_SETTINGS, 'breaker.window', '2m')
    expect(settingHint(settingsField('breaker.failureRate'), draft)).toContain(
      'Over 2m, with at least 10 calls',
    )
  })
})

describe('settingAt and withSetting', () => {
  it('read and write one value and leave the rest alone', () => {
    const changed = withSetting(DEFAULT_SETTINGS, 'health.minSamples', 9)
    expect(settingAt(changed, 'health.minSamples')).toBe(9)
    expect(settingAt(DEFAULT_SETTINGS, 'health.minSamples')).toBe(5)
    expect({ ...changed, health: DEFAULT_SETTINGS.health }).toEqual(DEFAULT_SETTINGS)
  })
})

describe('sameSetting', () => {
  it.each([
    ['60s', '1m', true],
    ['60s', '61s', false],
    ['60x', '60x', true],
    ['60x', '60s', false],
    [null, null, true],
    [null, '1s', false],
    [0.1, 0.1, true],
    [Number.NaN, Number.NaN, true],
  ])('%j and %j: %j', (a, b, same) => {
    expect(sameSetting(a, b)).toBe(same)
  })
})

describe('words in the unit of the field', () => {
  it('write values', () => {
    expect(settingWords(settingsField('breaker.failureRate'), 0.5)).toBe('50\u202f%')
    expect(settingWords(settingsField('breaker.openGrowth'), 2)).toBe('×2')
    expect(settingWords(settingsField('breaker.slowCall'), null)).toBe('off')
    expect(settingWords(settingsField('breaker.minCalls'), Number.NaN)).toBe('not a number')
  })

  it('write complaints of the schema about rates as percent', () => {
    const draft = withSetting(
      withSetting(DEFAULT_SETTINGS, 'monitor.jitter', 0.7),
      'health.failoverThreshold',
      0.99,
    )
    const issues = settingsSchema.safeParse(draft).error?.issues ?? []
    const jitter = issues.find(({ path }) => path.join('.') === 'monitor.jitter')
    expect(complaintInUnit(settingsField('monitor.jitter'), jitter?.message ?? '')).toBe('at most 50\u202f%')
    const cross = settingsSchema.safeParse(withSetting(DEFAULT_SETTINGS, 'health.failoverThreshold', 0.99))
      .error?.issues[0]
    expect(complaintInUnit(settingsField('health.failoverThreshold'), cross?.message ?? '')).toBe(
      'at most the degraded success rate (95\u202f%)',
    )
    expect(complaintInUnit(settingsField('breaker.minCalls'), 'at most 10000')).toBe('at most 10000')
  })
})
