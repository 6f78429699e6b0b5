import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { boundsOf, settingBounds, SETTINGS_PATHS } from './bounds.ts'
import { durationSchema } from './duration.ts'
import { DEFAULT_SETTINGS } from './settings.ts'

describe('boundsOf', () => {
  it('reads numbers with included and excluded lower bounds', () => {
    expect(boundsOf(z.int().min(1).max(100))).toMatchObject({
      min: 1,
      max: 100,
      isAboveMin: false,
      isInteger: true,
    })
    expect(boundsOf(z.number().gt(0).max(1))).toMatchObject({
      min: 0,
      max: 1,
      isAboveMin: true,
      isInteger: false,
    })
  })

  it('reads durations, also where they can be off', () => {
    expect(boundsOf(durationSchema(100, 300_000))).toEqual({
      type: 'duration',
      minMs: 100,
      maxMs: 300_000,
      isNullable: false,
    })
    expect(boundsOf(durationSchema(0, 1_000).nullable())).toMatchObject({ minMs: 0, isNullable: true })
  })

  it('refuses a schema that has no bounds', () => {
    expect(() => boundsOf(z.string())).toThrow(TypeError)
    expect(() => boundsOf(z.number())).toThrow(TypeError)
  })
})

describe('settingBounds', () => {
  it('knows every threshold there is', () => {
    const paths = Object.entries(DEFAULT_SETTINGS)
      .filter(([group]) => group !== 'providers')
      .flatMap(([group, fields]) => Object.keys(fields).map((name) => `${group}.${name}`))
    expect([...SETTINGS_PATHS].sort()).toEqual(paths.sort())
  })

  it('says the bounds that the schema holds', () => {
    expect(settingBounds('breaker.failureThreshold')).toMatchObject({ min: 1, max: 100, isInteger: true })
    expect(settingBounds('monitor.interval')).toMatchObject({
      type: 'duration',
      minMs: 1_000,
      maxMs: 3_600_000,
    })
    expect(settingBounds('breaker.failureRate')).toMatchObject({
      min: 0,
      isAboveMin: true,
      isNullable: false,
    })
    expect(settingBounds('breaker.slowCall').isNullable).toBe(true)
  })
})
