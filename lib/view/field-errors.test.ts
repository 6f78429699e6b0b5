import { describe, expect, it } from 'vitest'
import { fieldErrors, homelessErrors } from './field-errors.ts'

describe('fieldErrors', () => {
  it('keys complaints by dotted path, from a schema and from the server alike', () => {
    expect(fieldErrors([{ path: ['models', 0, 'priceIn'], message: 'at least 0' }])).toEqual({
      'models.0.priceIn': 'at least 0',
    })
    expect(fieldErrors([{ path: 'breaker.maxOpen', message: 'at most 1h' }])).toEqual({
      'breaker.maxOpen': 'at most 1h',
    })
  })

  it('keeps the first complaint about a field', () => {
    const errors = fieldErrors([
      { path: 'reason', message: 'first' },
      { path: ['reason'], message: 'second' },
    ])
    expect(errors).toEqual({ reason: 'first' })
  })
})

describe('homelessErrors', () => {
  it('lists what no shown field carries', () => {
    const errors = { reason: 'a', 'models.0.name': 'b', modelsX: 'c', '': 'd' }
    expect(homelessErrors(errors, ['reason', 'models'])).toEqual([
      { path: 'modelsX', message: 'c' },
      { path: '', message: 'd' },
    ])
  })
})
