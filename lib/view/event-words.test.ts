import { describe, expect, it } from 'vitest'
import type { OverrideEvent, TransitionRecord } from '#lib/contract/circuit.ts'
import { TRANSITION_CAUSES } from '#lib/domain/circuit.ts'
import { ERROR_KINDS } from '#lib/domain/outcome.ts'
import { causeWords, eventWords } from './event-words.ts'
import { errorWords } from './outcome-words.ts'

const AT = '2026-01-31T12:00:00.000Z'

const transition = (over: Partial<TransitionRecord> = {}): TransitionRecord => ({
  kind: 'transition',
  id: '1',
  providerId: 'azure-eu',
  model: null,
  at: AT,
  from: 'closed',
  to: 'open',
  cause: 'consecutive_failures',
  evidence: {
    calls: 20,
    failures: 12,
    slow: 17,
    consecutiveFailures: 5,
    lastErrors: ['connect timeout', 'reset'],
  },
  actor: 'switchyard',
  reason: null,
  retryAt: null,
  persisted: true,
  ...over,
})

const override = (over: Partial<OverrideEvent>): OverrideEvent => ({
  kind: 'override',
  id: '2',
  providerId: 'azure-eu',
  model: null,
  at: AT,
  phase: 'set',
  override: { mode: 'forced_open', actor: 'ops-1', reason: 'maintenance', since: AT, until: AT },
  actor: 'ops-2',
  reason: null,
  persisted: true,
  ...over,
})

describe('what happened, in words', () => {
  it.each<[Partial<TransitionRecord>, string]>([
    [{}, 'opened: 5 failures in a row: connect timeout'],
    [
      { evidence: { ...transition().evidence, consecutiveFailures: 1 } },
      'opened: 1 failure: connect timeout',
    ],
    [{ cause: 'failure_rate' }, 'opened: too many failures (12 of 20, 60\u202f%): connect timeout'],
    [{ cause: 'slow_calls' }, 'opened: too many slow calls (17 of 20, 85\u202f%)'],
    [{ from: 'half_open', cause: 'trial_failed' }, 'opened again: trial failed: connect timeout'],
    [{ from: 'open', to: 'half_open', cause: 'recovery_timeout' }, 'half-open: open time over'],
    [{ from: 'half_open', to: 'closed', cause: 'trial_succeeded' }, 'closed: trials succeeded'],
    [
      { from: 'closed', to: 'closed', cause: 'operator', actor: 'ops-1', reason: 'fixed' },
      'stays closed, reset by ops-1: fixed',
    ],
  ])('%j is "%s"', (over, words) => expect(eventWords(transition(over))).toBe(words))

  it('has words for every cause, also without evidence', () => {
    const evidence = { calls: 0, failures: 0, slow: 0, consecutiveFailures: 0, lastErrors: [] }
    for (const cause of TRANSITION_CAUSES) {
      expect(causeWords(transition({ cause, evidence }))).toMatch(/^[a-z0]/)
      expect(causeWords(transition({ cause, evidence }))).not.toMatch(/NaN|undefined|_|\(\)/)
    }
  })

  it('tells who laid an override and how it ended', () => {
    expect(eventWords(override({}))).toBe('forced open by ops-1: maintenance')
    expect(eventWords(override({ phase: 'released', reason: 'done' }))).toBe(
      'forced open released by ops-2: done',
    )
    expect(eventWords(override({ phase: 'expired' }))).toBe('forced open expired')
    expect(eventWords(override({ phase: 'self_released' }))).toBe(
      'forced open released itself: too many failures',
    )
  })
})

describe('what went wrong, in words', () => {
  it('is the HTTP status where that is the news, else the kind', () => {
    expect(errorWords({ kind: 'http_status', httpStatus: 502 })).toBe('502 bad gateway')
    expect(errorWords({ kind: 'overloaded', httpStatus: 529 })).toBe('529 overloaded')
    expect(errorWords({ kind: 'no_credit', httpStatus: 429 })).toBe('no credit left')
    expect(errorWords({ kind: null, httpStatus: 503 })).toBe('503 service unavailable')
    expect(errorWords({ kind: null, httpStatus: null })).toBe('unknown error')
  })

  it('exists for every kind', () => {
    for (const kind of ERROR_KINDS) expect(errorWords({ kind, httpStatus: null })).toMatch(/\w/)
  })
})
