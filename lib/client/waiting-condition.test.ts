import { describe, expect, it } from 'vitest'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { RequestError } from './request-error.ts'
import { failedReading, listCondition, waitingCondition } from './waiting-condition.ts'

const NONE: PanelCondition = { kind: 'empty', text: 'None yet.' }
const refusal = new RequestError('refused', 'The database is busy.', {
  status: 503,
  problem: { type: 'busy', title: 'Busy', status: 503, detail: 'The database is busy.', requestId: 'r-1' },
})

describe('what a panel says while its content is not there', () => {
  it('loads as long as nothing went wrong', () => {
    expect(waitingCondition(null)).toEqual({ kind: 'loading' })
  })

  it('tells the cause of a failure and the id of its request', () => {
    expect(waitingCondition(refusal)).toEqual({
      kind: 'failed',
      text: 'The database is busy.',
      requestId: 'r-1',
    })
  })
})

describe('what a form says of what it was filled with', () => {
  it('is nothing while it could be read', () => {
    expect(failedReading({ error: null, dataUpdatedAt: 1_700_000_000_000 })).toBeNull()
  })

  it('is why it could not be read again, and when it was', () => {
    expect(failedReading({ error: refusal, dataUpdatedAt: 1_700_000_000_000 })).toEqual({
      text: 'The database is busy.',
      requestId: 'r-1',
      asOf: 1_700_000_000_000,
    })
  })

  it('is of no age where it was never read', () => {
    expect(failedReading({ error: refusal, dataUpdatedAt: 0 })).toMatchObject({ asOf: null })
  })
})

describe('what a panel says of a list', () => {
  it.each<[why: string, items: string[] | undefined, error: Error | null, kind: PanelCondition['kind']]>([
    ['is on its way', undefined, null, 'loading'],
    ['did not come', undefined, refusal, 'failed'],
    ['has nothing in it', [], null, 'empty'],
    ['is there', ['one'], null, 'ready'],
    ['stays on screen, marked, when it could not be had again', ['one'], refusal, 'failed_refresh'],
    ['is not told to be empty when that could not be had again', [], refusal, 'failed_refresh'],
  ])('that %s', (_why, items, error, kind) => {
    expect(listCondition({ error, dataUpdatedAt: 0 }, items, NONE).kind).toBe(kind)
  })

  it('is ready with nothing in it where there is nothing to say of that', () => {
    expect(listCondition({ error: null, dataUpdatedAt: 0 }, [])).toEqual({ kind: 'ready' })
  })

  it('tells when it was last read, why not since, and under which id to look for that', () => {
    expect(listCondition({ error: refusal, dataUpdatedAt: 1_700_000_000_000 }, ['one'])).toEqual({
      kind: 'failed_refresh',
      text: 'The database is busy.',
      requestId: 'r-1',
      asOf: 1_700_000_000_000,
      isOld: false,
    })
  })
})
