import { describe, expect, it } from 'vitest'
import {
  effectiveState,
  impliedPermit,
  newCircuit,
  rampFactor,
  restoreCircuit,
  stateAt,
  step,
  type BreakerEvent,
  type SettleEvent,
} from './breaker.ts'
import { deadlineOf } from './breaker-advance.ts'
import type { Circuit, OverrideMode, Permit, Transition } from './circuit.ts'
import type { BreakerPolicy } from './policy.ts'
import { windowCounts } from './window.ts'

const policy: BreakerPolicy = {
  failureThreshold: 3,
  recoveryTimeoutMs: 60_000,
  halfOpenMaxCalls: 2,
  successThreshold: 2,
  windowMs: 60_000,
  minCalls: 10,
  failureRate: 0.5,
  slowCallMs: null,
  slowCallRate: 0.8,
  openGrowth: 2,
  maxOpenMs: 300_000,
  openJitter: 0,
  quietResetMs: 600_000,
  trialTimeoutMs: 30_000,
  rampUpMs: 60_000,
  rampStart: 0.1,
}

const T0 = 1_700_000_000_000
const SECOND = 1_000
const MINUTE = 60_000

/** A circuit being driven through events, remembering all that was recorded. */
function driven(start: Circuit = newCircuit('acme', T0), rules: BreakerPolicy = policy) {
  let circuit = start
  const transitions: Transition[] = []
  const events: string[] = []
  const apply = (event: BreakerEvent) => {
    const result = step(circuit, event, rules)
    circuit = result.circuit
    transitions.push(...result.transitions)
    events.push(...result.events.map((recorded) => recorded.type))
    return result
  }
  const admit = (at: number, who: 'traffic' | 'check' | 'panic' = 'traffic', completion = true) =>
    apply({ type: 'admit', at, for: who, completion })
  const settle = (at: number, permit: Permit, part: Partial<SettleEvent> = {}) =>
    apply({
      type: 'settle',
      at,
      permit,
      verdict: 'success',
      slow: false,
      error: null,
      cooling: null,
      ...part,
    })
  const call = (at: number, part: Partial<SettleEvent> = {}) => settle(at, admit(at).permit!, part)
  const fail = (at: number, error = 'refused') => call(at, { verdict: 'failure', error })
  const force = (at: number, mode: OverrideMode, until = at + 3_600_000) =>
    apply({
      type: 'force',
      at,
      override: { mode, actor: 'ops-1', reason: 'maintenance', since: at, until, failingSince: null },
    })
  return {
    get now() {
      return circuit
    },
    transitions,
    events,
    apply,
    admit,
    settle,
    call,
    fail,
    force,
  }
}

/** Open since T0 + 2 s, to be tried again at T0 + 62 s. */
function openCircuit(rules = policy) {
  const drive = driven(undefined, rules)
  for (const at of [0, 1, 2]) drive.fail(T0 + at * SECOND)
  return drive
}

const RETRY_AT = T0 + 2 * SECOND + MINUTE

describe('Circuits 1: the state is a function of stored facts and the clock', () => {
  it('reads half-open once the open time is over, without traffic and without being told', () => {
    const { now } = openCircuit()
    expect(stateAt(now, RETRY_AT - 1, policy).state).toBe('open')
    expect(stateAt(now, RETRY_AT, policy)).toMatchObject({
      state: 'half_open',
      generation: now.generation + 1,
    })
  })

  it('records the transition at retryAt, however late it is asked', () => {
    const drive = openCircuit()
    drive.apply({ type: 'advance', at: RETRY_AT + 10 * MINUTE })
    expect(drive.transitions.at(-1)).toMatchObject({
      from: 'open',
      to: 'half_open',
      at: RETRY_AT,
      cause: 'recovery_timeout',
    })
    expect(drive.now.since).toBe(RETRY_AT)
  })

  it('says when it will change by itself', () => {
    expect(deadlineOf(newCircuit('acme', T0))).toBeNull()
    expect(deadlineOf(openCircuit().now)).toBe(RETRY_AT)
  })

  it('is the same circuit when nothing is due', () => {
    const { now } = openCircuit()
    expect(stateAt(now, RETRY_AT - 1, policy)).toBe(now)
  })
})

describe('Circuits 2: half-open admits few trials, each with a lease that expires', () => {
  it('admits no more than halfOpenMaxCalls in flight', () => {
    const drive = openCircuit()
    expect(drive.admit(RETRY_AT).permit).toMatchObject({ kind: 'trial' })
    expect(drive.admit(RETRY_AT).permit).toMatchObject({ kind: 'trial' })
    expect(drive.admit(RETRY_AT)).toMatchObject({ permit: null, refusal: 'half_open_full' })
  })

  it('gives the slot of a vanished client to the next once its lease has expired', () => {
    const drive = openCircuit()
    drive.admit(RETRY_AT)
    drive.admit(RETRY_AT)
    expect(drive.admit(RETRY_AT + policy.trialTimeoutMs - 1).permit).toBeNull()
    expect(drive.admit(RETRY_AT + policy.trialTimeoutMs).permit).toMatchObject({ kind: 'trial' })
  })

  it('hears nothing from a trial whose lease has expired', () => {
    const drive = openCircuit()
    const { permit } = drive.admit(RETRY_AT)
    const before = stateAt(drive.now, RETRY_AT + policy.trialTimeoutMs, policy)
    drive.settle(RETRY_AT + policy.trialTimeoutMs, permit!, { verdict: 'failure' })
    expect(drive.now).toEqual(before)
  })
})

describe('Circuits 3: a neutral outcome frees its lease and gives no verdict', () => {
  it('frees the slot and stays half-open', () => {
    const drive = openCircuit()
    const first = drive.admit(RETRY_AT)
    drive.admit(RETRY_AT)
    drive.settle(RETRY_AT + 1, first.permit!, { verdict: 'neutral' })
    expect(drive.now).toMatchObject({ state: 'half_open', trialsSucceeded: 0 })
    expect(drive.admit(RETRY_AT + 2).permit).not.toBeNull()
  })

  it('leaves a closed circuit and its window as they were', () => {
    const drive = driven()
    const before = drive.now
    drive.call(T0 + 1, { verdict: 'neutral' })
    expect(drive.now).toEqual(before)
  })
})

describe('Circuits 4: successThreshold successes close, one failure re-opens for longer', () => {
  it('closes at the second success, not at the first', () => {
    const drive = openCircuit()
    drive.call(RETRY_AT)
    expect(drive.now.state).toBe('half_open')
    drive.call(RETRY_AT + 1)
    expect(drive.now).toMatchObject({
      state: 'closed',
      consecutiveFailures: 0,
      openedAt: null,
      retryAt: null,
    })
    expect(windowCounts(drive.now.window)).toEqual({ calls: 0, failures: 0, slow: 0 })
    expect(drive.transitions.at(-1)).toMatchObject({ cause: 'trial_succeeded' })
  })

  it('takes a slow success for a success', () => {
    const drive = openCircuit({ ...policy, slowCallMs: 100 })
    drive.call(RETRY_AT, { slow: true })
    drive.call(RETRY_AT + 1, { slow: true })
    expect(drive.now.state).toBe('closed')
  })

  it('re-opens at one failed trial, twice as long each time, up to the limit', () => {
    const drive = openCircuit()
    const openFor: number[] = []
    for (let i = 0; i < 5; i += 1) {
      const at = drive.now.retryAt!
      drive.call(at)
      drive.fail(at + 1)
      openFor.push(drive.now.retryAt! - (at + 1))
      expect(drive.transitions.at(-1)).toMatchObject({ from: 'half_open', to: 'open', cause: 'trial_failed' })
    }
    expect(openFor).toEqual([2, 4, 5, 5, 5].map((minutes) => minutes * MINUTE))
  })

  it('starts again with the first open time after a quiet time closed, and not before', () => {
    const reopen = (quietMs: number) => {
      const drive = openCircuit()
      drive.call(RETRY_AT)
      drive.call(RETRY_AT)
      for (let i = 0; i < 3; i += 1) drive.fail(RETRY_AT + quietMs)
      return drive.now.openings
    }
    expect(reopen(policy.quietResetMs - 1)).toBe(2)
    expect(reopen(policy.quietResetMs)).toBe(1)
  })

  it('moves the open time by a jitter that is the same in every replay and within its bounds', () => {
    const jittered = { ...policy, openJitter: 0.1 }
    const times = Array.from({ length: 200 }, (_, i) => {
      const drive = driven(newCircuit(`provider-${i}`, T0), jittered)
      for (const at of [0, 0, 0]) drive.fail(T0 + at)
      return drive.now.retryAt! - T0
    })
    expect(Math.min(...times)).toBeGreaterThanOrEqual(54_000)
    expect(Math.max(...times)).toBeLessThanOrEqual(66_000)
    expect(new Set(times).size).toBeGreaterThan(150)
    const again = driven(newCircuit('provider-7', T0), jittered)
    for (const at of [0, 0, 0]) again.fail(T0 + at)
    expect(again.now.retryAt! - T0).toBe(times[7])
  })
})

describe('Circuits 5: a result that carries an older generation changes nothing', () => {
  it.each(['success', 'failure', 'trip', 'neutral'] as const)(
    'a late %s from before the opening',
    (verdict) => {
      const drive = driven()
      const late = drive.admit(T0).permit!
      for (const at of [0, 1, 2]) drive.fail(T0 + at)
      const open = drive.now
      const cooling = { until: T0 + 9 * MINUTE, reason: '429' }
      drive.settle(T0 + 5, late, { verdict, cooling })
      expect(drive.now).toBe(open)
      const half = stateAt(open, open.retryAt!, policy)
      expect(
        step(
          half,
          { type: 'settle', at: open.retryAt!, permit: late, verdict, slow: false, error: null, cooling },
          policy,
        ).circuit,
      ).toBe(half)
    },
  )

  it('a late trial of an earlier half-open', () => {
    const drive = openCircuit()
    const late = drive.admit(RETRY_AT).permit!
    drive.fail(RETRY_AT + 1)
    const again = drive.now.retryAt!
    drive.admit(again)
    const before = drive.now
    drive.settle(again + 1, late)
    expect(drive.now).toBe(before)
  })
})

describe('Circuits 6: cooling is a deadline beside the state', () => {
  const cooled = (until: number) => ({
    verdict: 'neutral' as const,
    cooling: { until, reason: '429 for 20 s' },
  })

  it('admits nothing before it ends, and the state stays closed', () => {
    const drive = driven()
    drive.call(T0, cooled(T0 + 20 * SECOND))
    expect(drive.now.state).toBe('closed')
    expect(effectiveState(drive.now)).toBe('cooling')
    expect(drive.admit(T0 + 20 * SECOND - 1)).toMatchObject({ permit: null, refusal: 'cooling' })
    expect(drive.admit(T0 + 20 * SECOND).permit).not.toBeNull()
    expect(drive.events).toEqual(['cooling'])
  })

  it('only ever moves later', () => {
    const drive = driven()
    const early = drive.admit(T0).permit!
    const late = drive.admit(T0).permit!
    drive.settle(T0, late, cooled(T0 + 40 * SECOND))
    drive.settle(T0, early, cooled(T0 + 5 * SECOND))
    expect(drive.now.cooling?.until).toBe(T0 + 40 * SECOND)
    expect(drive.events).toEqual(['cooling'])
  })

  it('holds back half-open trials, and a failure with a Retry-After both fails and cools', () => {
    const drive = openCircuit()
    const trial = drive.admit(RETRY_AT).permit!
    drive.settle(RETRY_AT, trial, cooled(RETRY_AT + 30 * SECOND))
    expect(drive.admit(RETRY_AT + 1, 'check').permit).toBeNull()
    const failing = driven()
    failing.call(T0, { verdict: 'failure', error: '503', cooling: { until: T0 + SECOND, reason: '503' } })
    expect(failing.now).toMatchObject({ consecutiveFailures: 1, cooling: { until: T0 + SECOND } })
  })
})

describe('Circuits 7: ratios need the minimum number of calls', () => {
  const rules = { ...policy, failureThreshold: 100 }

  it('one failure of one call opens nothing', () => {
    const drive = driven(undefined, rules)
    drive.fail(T0)
    expect(drive.now.state).toBe('closed')
  })

  it('trips at half of ten calls, not at half of nine', () => {
    const drive = driven(undefined, rules)
    for (let i = 0; i < 4; i += 1) drive.call(T0 + i)
    for (let i = 0; i < 5; i += 1) drive.fail(T0 + 10 + i)
    expect(drive.now.state).toBe('closed')
    drive.fail(T0 + 20)
    expect(drive.now.state).toBe('open')
    expect(drive.transitions.at(-1)).toMatchObject({
      cause: 'failure_rate',
      evidence: { calls: 10, failures: 6, consecutiveFailures: 6 },
    })
  })

  it('forgets what is older than the window', () => {
    const drive = driven(undefined, rules)
    for (let i = 0; i < 9; i += 1) drive.fail(T0 + i)
    drive.fail(T0 + MINUTE + 6_000)
    expect(drive.now.state).toBe('closed')
    expect(windowCounts(drive.now.window)).toMatchObject({ calls: 1 })
  })

  it('keeps counting from lap to lap of its buckets', () => {
    const drive = driven(undefined, rules)
    for (let i = 0; i < 180; i += 1) drive.call(T0 + i * SECOND)
    const { calls } = windowCounts(drive.now.window)
    expect(calls).toBeGreaterThanOrEqual(54)
    expect(calls).toBeLessThanOrEqual(60)
  })

  it('trips on slow calls only when slow calls are named', () => {
    const slowly = (slowCallMs: number | null) => {
      const drive = driven(undefined, { ...policy, slowCallMs })
      for (let i = 0; i < 10; i += 1) drive.call(T0 + i, { slow: i >= 2 })
      return drive
    }
    expect(slowly(1_000).transitions.at(-1)).toMatchObject({ cause: 'slow_calls' })
    expect(slowly(null).now.state).toBe('closed')
  })
})

describe('Circuits 8: transitions are recorded with cause, evidence and actor', () => {
  it('names the newest failures, newest first, at most three', () => {
    const drive = driven(undefined, { ...policy, failureThreshold: 4 })
    for (const error of ['a', 'b', 'c', 'd']) drive.fail(T0, error)
    expect(drive.transitions).toEqual([
      {
        from: 'closed',
        to: 'open',
        at: T0,
        cause: 'consecutive_failures',
        evidence: { calls: 4, failures: 4, slow: 0, consecutiveFailures: 4, lastErrors: ['d', 'c', 'b'] },
        actor: 'switchyard',
        reason: null,
        generation: 1,
        retryAt: T0 + MINUTE,
      },
    ])
  })

  it('opens at once when credentials fail', () => {
    const drive = driven()
    drive.call(T0, { verdict: 'trip', error: '401 unauthorized' })
    expect(drive.transitions).toMatchObject([{ to: 'open', cause: 'credentials' }])
    const trial = openCircuit()
    trial.call(RETRY_AT, { verdict: 'trip', error: '401 unauthorized' })
    expect(trial.transitions.at(-1)).toMatchObject({ from: 'half_open', cause: 'credentials' })
  })
})

describe('Circuits 9: overrides lie over the automatic state', () => {
  it('forced open admits nothing, and checks still move the automatic state', () => {
    const drive = driven()
    drive.force(T0, 'forced_open')
    expect(drive.admit(T0 + 1)).toMatchObject({ permit: null, refusal: 'forced_open' })
    expect(drive.admit(T0 + 1, 'panic').permit).toBeNull()
    expect(drive.now).toMatchObject({ state: 'closed', generation: 0 })
    for (const at of [1, 2, 3])
      drive.settle(T0 + at, drive.admit(T0 + at, 'check').permit!, { verdict: 'failure' })
    expect(drive.now.state).toBe('open')
    expect(effectiveState(drive.now)).toBe('open')
  })

  it.each(['forced_closed', 'shadow'] as const)(
    '%s admits past an open circuit without touching its state',
    (mode) => {
      const drive = openCircuit()
      drive.force(T0 + 3 * SECOND, mode)
      const before = drive.now
      const { permit } = drive.admit(T0 + 4 * SECOND)
      expect(permit?.kind).toBe('bypass')
      drive.settle(T0 + 4 * SECOND, permit!, { verdict: 'failure' })
      expect(drive.now).toMatchObject({
        state: 'open',
        generation: before.generation,
        retryAt: before.retryAt,
      })
      expect(windowCounts(drive.now.window)).toMatchObject({ calls: 4, failures: 4 })
      expect(effectiveState(drive.now)).toBe('closed')
    },
  )

  it('a call past the override is a trial while a slot is free', () => {
    const drive = openCircuit()
    drive.force(T0 + 3 * SECOND, 'forced_closed')
    expect(drive.admit(RETRY_AT).permit?.kind).toBe('trial')
    expect(drive.admit(RETRY_AT).permit?.kind).toBe('trial')
    expect(drive.admit(RETRY_AT).permit?.kind).toBe('bypass')
  })

  it('records would-have-opened under shadow as an ordinary transition', () => {
    const drive = driven()
    drive.force(T0, 'shadow')
    for (const at of [1, 2, 3]) drive.fail(T0 + at)
    expect(drive.transitions).toMatchObject([{ from: 'closed', to: 'open' }])
    expect(drive.admit(T0 + 4).permit).not.toBeNull()
  })

  it('forced closed admits while the provider asks to be left alone', () => {
    const drive = driven()
    drive.call(T0, { verdict: 'neutral', cooling: { until: T0 + MINUTE, reason: '429' } })
    drive.force(T0 + 1, 'forced_closed')
    expect(drive.admit(T0 + 2).permit).not.toBeNull()
  })

  it('ends by itself, and says so with the time it ended', () => {
    const drive = driven()
    drive.force(T0, 'forced_open', T0 + MINUTE)
    expect(drive.admit(T0 + MINUTE - 1).permit).toBeNull()
    expect(drive.admit(T0 + MINUTE).permit).not.toBeNull()
    expect(drive.events).toEqual(['override_set', 'override_expired'])
    expect(drive.now.override).toBeNull()
  })

  it('is released by an operator once', () => {
    const drive = driven()
    drive.force(T0, 'shadow')
    drive.apply({ type: 'release', at: T0 + 1, actor: 'ops-2', reason: 'done' })
    drive.apply({ type: 'release', at: T0 + 2, actor: 'ops-2', reason: 'done' })
    expect(drive.events).toEqual(['override_set', 'override_released'])
  })

  it('forced closed releases itself after two minutes of nearly nothing but failures', () => {
    const drive = driven()
    drive.force(T0, 'forced_closed')
    for (let s = 0; s <= 128; s += 1) drive.fail(T0 + s * SECOND)
    expect(drive.now.override?.failingSince).toBe(T0 + 9 * SECOND)
    drive.fail(T0 + 129 * SECOND)
    expect(drive.events).toEqual(['override_set', 'override_self_released'])
  })

  it('forced closed stays while the failure rate is under its limit or calls are few', () => {
    const half = driven()
    half.force(T0, 'forced_closed')
    for (let s = 0; s < 300; s += 1)
      half.call(T0 + s * SECOND, { verdict: s % 2 === 0 ? 'failure' : 'success' })
    expect(half.events).toEqual(['override_set'])
    const few = driven()
    few.force(T0, 'forced_closed')
    for (let s = 0; s < 600; s += 10) few.fail(T0 + s * SECOND)
    expect(few.now.override).not.toBeNull()
  })

  it('panic passes an open circuit with a bypass, but never cooling', () => {
    const drive = openCircuit()
    expect(drive.admit(T0 + 3 * SECOND, 'panic').permit?.kind).toBe('bypass')
    const cooling = driven()
    cooling.call(T0, { verdict: 'neutral', cooling: { until: T0 + MINUTE, reason: '429' } })
    expect(cooling.admit(T0 + 1, 'panic').permit).toBeNull()
  })
})

describe('Circuits 10: reset clears window, counters and cooling, and is recorded', () => {
  it.each(['half_open', 'closed'] as const)('to %s', (to) => {
    const drive = openCircuit()
    drive.apply({ type: 'reset', at: T0 + 5 * SECOND, to, actor: 'ops-1', reason: 'key renewed' })
    expect(drive.now).toMatchObject({
      state: to,
      generation: 2,
      openings: 0,
      consecutiveFailures: 0,
      cooling: null,
      retryAt: null,
    })
    expect(windowCounts(drive.now.window)).toEqual({ calls: 0, failures: 0, slow: 0 })
    expect(drive.transitions.at(-1)).toMatchObject({
      from: 'open',
      to,
      cause: 'operator',
      actor: 'ops-1',
      reason: 'key renewed',
      evidence: { failures: 3 },
    })
  })

  it('keeps an override, which is another decision', () => {
    const drive = driven()
    drive.force(T0, 'forced_open')
    drive.apply({ type: 'reset', at: T0 + 1, to: 'closed', actor: 'ops-1', reason: 'again' })
    expect(drive.now.override?.mode).toBe('forced_open')
  })
})

describe('Circuits 11: a circuit opened by its models', () => {
  const byModels = () => {
    const drive = driven()
    drive.apply({ type: 'models_open', at: T0, errors: ['503 for gpt-4o'] })
    return drive
  }

  it('opens from closed only, and says why', () => {
    const drive = byModels()
    expect(drive.transitions).toMatchObject([
      { cause: 'models_open', evidence: { lastErrors: ['503 for gpt-4o'] } },
    ])
    const open = drive.now
    drive.apply({ type: 'models_open', at: T0 + 1, errors: [] })
    expect(drive.now).toBe(open)
  })

  it('takes no model list for a trial, until it has closed', () => {
    const drive = byModels()
    const at = drive.now.retryAt!
    expect(drive.admit(at, 'check', false).permit).toBeNull()
    drive.fail(at)
    const again = drive.now.retryAt!
    expect(drive.admit(again, 'check', false).permit).toBeNull()
    drive.call(again)
    drive.call(again)
    expect(drive.now).toMatchObject({ state: 'closed', completionsOnly: false })
  })
})

describe('Circuits 12: checks take part in the automatic state', () => {
  it('with a permit when closed, a lease when half-open has one free, none when open', () => {
    const closed = driven()
    expect(closed.admit(T0, 'check').permit?.kind).toBe('pass')
    const drive = openCircuit()
    expect(drive.admit(RETRY_AT - 1, 'check').permit).toBeNull()
    expect(drive.admit(RETRY_AT, 'check').permit?.kind).toBe('trial')
    drive.admit(RETRY_AT, 'check')
    expect(drive.admit(RETRY_AT, 'check').permit).toBeNull()
  })
})

describe('Circuits 13: restart', () => {
  it('keeps state, generation, deadlines and override, with an empty window', () => {
    const drive = openCircuit()
    drive.force(T0 + 3 * SECOND, 'forced_open')
    const restored = restoreCircuit(drive.now)
    expect(restored).toMatchObject({
      state: 'open',
      generation: 1,
      retryAt: RETRY_AT,
      override: { mode: 'forced_open' },
    })
    expect(windowCounts(restored.window).calls).toBe(0)
  })

  it('stays half-open with a new generation and no leases', () => {
    const drive = openCircuit()
    const { permit } = drive.admit(RETRY_AT)
    const restored = restoreCircuit(drive.now)
    expect(restored).toMatchObject({ state: 'half_open', generation: drive.now.generation + 1, leases: [] })
    const after = step(
      restored,
      {
        type: 'settle',
        at: RETRY_AT + 1,
        permit: permit!,
        verdict: 'failure',
        slow: false,
        error: null,
        cooling: null,
      },
      policy,
    )
    expect(after.circuit).toBe(restored)
  })
})

describe('Circuits 14: new thresholds hold from the next step; deadlines already set stand', () => {
  it('keeps retryAt and counts by the new limit', () => {
    const drive = openCircuit()
    const impatient = { ...policy, recoveryTimeoutMs: 1_000 }
    expect(stateAt(drive.now, RETRY_AT - 1, impatient).state).toBe('open')
    const closed = driven()
    closed.fail(T0)
    closed.fail(T0)
    const strict = step(
      closed.now,
      { type: 'admit', at: T0, for: 'traffic', completion: true },
      { ...policy, failureThreshold: 1 },
    )
    expect(strict.circuit.state).toBe('closed')
    const tripped = step(
      strict.circuit,
      {
        type: 'settle',
        at: T0,
        permit: strict.permit!,
        verdict: 'failure',
        slow: false,
        error: null,
        cooling: null,
      },
      { ...policy, failureThreshold: 1 },
    )
    expect(tripped.circuit.state).toBe('open')
  })
})

describe('a call that was made without asking', () => {
  it('counts by the state it began in, never when it began before it', () => {
    const drive = openCircuit()
    expect(impliedPermit(drive.now, drive.now.since - 1)).toBeNull()
    expect(impliedPermit(drive.now, drive.now.since)?.kind).toBe('bypass')
    const half = stateAt(drive.now, RETRY_AT, policy)
    expect(impliedPermit(half, RETRY_AT)).toMatchObject({ kind: 'trial', leaseId: null })
    const failed = step(
      half,
      {
        type: 'settle',
        at: RETRY_AT + 1,
        permit: impliedPermit(half, RETRY_AT)!,
        verdict: 'failure',
        slow: false,
        error: null,
        cooling: null,
      },
      policy,
    )
    expect(failed.circuit.state).toBe('open')
  })
})

describe('the ramp after closing', () => {
  it('rises from its start to the whole share, and is no matter for a circuit that never opened', () => {
    expect(rampFactor(newCircuit('acme', T0), T0, policy)).toBe(1)
    const drive = openCircuit()
    drive.call(RETRY_AT)
    drive.call(RETRY_AT)
    expect(rampFactor(drive.now, RETRY_AT, policy)).toBe(0.1)
    expect(rampFactor(drive.now, RETRY_AT + MINUTE / 2, policy)).toBeCloseTo(0.55)
    expect(rampFactor(drive.now, RETRY_AT + 2 * MINUTE, policy)).toBe(1)
  })
})
