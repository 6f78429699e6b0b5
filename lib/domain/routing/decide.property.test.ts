import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newCircuit, stateAt, step } from '../breaker.ts'
import type { Circuit, Permit } from '../circuit.ts'
import type { BreakerPolicy } from '../policy.ts'
import type { Candidate } from './candidate.ts'
import { decide, type Decided, type DecideInput } from './decide.ts'
import { candidate, decideInput, NOON, request } from './decide.fixture.ts'
import type { Strategy } from './route.ts'

const IDS = ['a', 'b', 'c', 'd', 'e']
const often = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const facts: fc.Arbitrary<Partial<Candidate>> = fc.record({
  model: often<string | null>('gpt-4o', null),
  enabled: often(true, false),
  forcedOpen: often(false, true),
  refusal: often<string | null>(null, 'refused by policy: 10.0.0.1 is private'),
  gate: often<Candidate['gate']>('closed', 'trial', 'trials_taken', 'open'),
  coolingUntil: often<number | null>(null, NOON + 5_000),
  retryAt: fc.constantFrom(null, NOON + 3_000, NOON + 9_000),
  health: often<Candidate['health']>('fine', 'unhealthy', 'credentials'),
  inFlight: fc.nat(3),
  maxConcurrency: fc.constantFrom(null, 2),
  weight: fc.constantFrom(0, 0.5, 1, 5),
  priority: fc.nat(2),
  ramp: often(1, 0.1, 0.5),
  region: fc.constantFrom(null, 'eu-west', 'us-east', 'atlantis'),
  coordinates: fc.constantFrom(null, [48, 11] as const),
  peakEwmaMs: fc.constantFrom(null, 0, 100, 900),
  recentP95Ms: fc.constantFrom(null, 200, 4_000),
  successRate: fc.constantFrom(0, 0.5, 1),
  consecutiveFailures: fc.nat(3),
  price: fc.constantFrom(null, { in: 0, out: 0 }, { in: 1, out: 4 }),
})

const ids = fc.subarray(IDS)
const somebody = fc.constantFrom(...IDS)

const { strategy } = fc.letrec<{ strategy: Strategy; plain: Strategy; conditional: Strategy }>((tie) => ({
  strategy: fc.oneof({ weight: 6, arbitrary: tie('plain') }, { weight: 1, arbitrary: tie('conditional') }),
  plain: fc.oneof(
    fc.record({ type: fc.constant('single' as const), providerId: somebody }),
    fc.record({
      type: fc.constant('load-balance' as const),
      algorithm: fc.constantFrom(
        'weighted' as const,
        'round-robin' as const,
        'least-busy' as const,
        'latency' as const,
      ),
    }),
    fc.record({
      type: fc.constant('failover' as const),
      policy: fc.constantFrom(
        { type: 'immediate' as const },
        { type: 'threshold' as const, failures: 2 },
        { type: 'latency' as const, p95Ms: 1_000 },
        { type: 'cost' as const },
      ),
    }),
    fc.record({
      type: fc.constant('ab-test' as const),
      stickyBy: fc.constantFrom('user' as const, 'session' as const, 'none' as const),
      variants: fc.constantFrom(
        [
          { name: 'x', percent: 80, providerIds: ['a', 'b'] },
          { name: 'y', percent: 20, providerIds: ['c'] },
        ],
        [
          { name: 'x', percent: 0, providerIds: ['a'] },
          { name: 'y', percent: 100, providerIds: ['d', 'e'] },
        ],
      ),
    }),
    fc.constant({ type: 'geographic' as const }),
    fc.record({
      type: fc.constant('cost' as const),
      maxLatencyMs: fc.constantFrom(null, 1_000),
      minSuccessRate: fc.constantFrom(null, 0.9),
    }),
    fc.record({
      type: fc.constant('adaptive' as const),
      weights: fc.constantFrom({ success: 1, latency: 1, cost: 1 }, { success: 0, latency: 0, cost: 1 }),
      exploration: fc.constantFrom(0, 0.3),
    }),
  ),
  conditional: fc.record({
    type: fc.constant('conditional' as const),
    rules: fc.array(
      fc.record({
        name: fc.constantFrom('first', 'second'),
        when: fc.constantFrom({ user: 'ann' }, { region: 'eu-west' }),
        use: tie('plain'),
      }),
      { maxLength: 2 },
    ),
    otherwise: tie('plain'),
  }),
}))

type Case = { strategy: Strategy; members: Candidate[]; rest: Partial<DecideInput>; seed: number }

const cases: fc.Arbitrary<Case> = fc.record({
  strategy,
  members: fc
    .shuffledSubarray(IDS)
    .chain((order) => fc.tuple(...order.map((id) => facts.map((one) => candidate(id, one))))),
  rest: fc.record({
    request: fc
      .record({
        userId: fc.constantFrom(null, 'ann'),
        sessionId: fc.constantFrom(null, 's1'),
        region: fc.constantFrom(null, 'eu-west', 'atlantis'),
        estimatedTokens: fc.constantFrom(null, 5),
      })
      .map(request),
    exclude: fc.oneof(
      fc.constant(new Set<string>()),
      ids.map((list) => new Set(list.slice(0, 2))),
    ),
    tried: fc.oneof(
      fc.constant(new Set<string>()),
      ids.map((list) => new Set(list)),
    ),
    mayPanic: fc.boolean(),
    panicThreshold: fc.constantFrom(0, 0, 0.5, 1),
  }),
  seed: fc.nat(0xffff_ffff),
})

/** Chance that a seed decides (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const inputOf = ({ strategy: one, members, rest, seed }: Case): DecideInput =>
  decideInput(one, members, { ...rest, random: seeded(seed) })

/** What must never be chosen, in a panic or not. */
const isForbidden = ({
  enabled,
  model,
  forcedOpen,
  refusal,
  coolingUntil,
  health,
  inFlight,
  maxConcurrency,
}: Candidate) =>
  !enabled ||
  model === null ||
  forcedOpen ||
  refusal !== null ||
  coolingUntil !== null ||
  health === 'credentials' ||
  (maxConcurrency !== null && inFlight >= maxConcurrency)

const isCalm = ({ gate, health }: Candidate) =>
  gate === 'trial' || (gate === 'closed' && health !== 'unhealthy')

/** Whether a strategy may leave members out for what they are, or what was configured. */
const isConstrained = (one: Strategy): boolean =>
  one.type === 'single' || one.type === 'ab-test' || one.type === 'cost' || one.type === 'conditional'

// Mutants killed here: disabled, forced open, without the model, excluded, at its limit, cooling or without credentials
// let through, in panic too · an open circuit or one without a free slot let through · a panic where none may be, or
// none at all · tried ones kept, or nobody taken again · places of the eligible counted wrong, in the ballot, the
// verdicts or the winner · an empty ballot voted on · turns changed in the memory that was given · parts that add up to
// more than 1 · chance of its own.
it('keeps its promises whatever the fleet, the strategy, the request and chance', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const before = JSON.stringify(one.members)
      const decided = decide(inputOf(one))
      expectEveryMemberOnce(one, decided)
      if (decided.selection.chosen === null) expectNobodyCould(one, decided)
      else expectFairChoice(one, decided)
      expect(JSON.stringify(one.members)).toBe(before)
      expect(decide(inputOf(one))).toEqual(decided)
      const next = () => decide({ ...inputOf(one), memory: decided.memory }).selection
      expect(next()).toEqual(next())
    }),
    { numRuns: 3_000 },
  )
})

function expectEveryMemberOnce({ members }: Case, { selection }: Decided) {
  const { candidates, reason } = selection
  expect(candidates.map(({ providerId }) => providerId)).toEqual(members.map(({ providerId }) => providerId))
  for (const verdict of candidates) {
    expect(verdict.eligible).toBe(verdict.drop === null)
    expect(verdict.reason).toMatch(/^\S.*\S$/)
  }
  expect(reason).toMatch(/^\S[^\n]*\S$/)
  const weights = candidates.flatMap(({ weight }) => (weight === null ? [] : [weight]))
  if (weights.length > 0) expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9)
}

/** Nobody is eligible, and those whose state would allow it are out by the request's wish or the strategy's. */
function expectNobodyCould(one: Case, { selection, memory }: Decided) {
  const input = inputOf(one)
  expect(selection.candidates.some(({ eligible }) => eligible)).toBe(false)
  expect(memory).toBe(input.memory)
  for (const member of one.members) {
    if (isForbidden(member) || !(input.mayPanic || isCalm(member))) continue
    expect(input.exclude.has(member.providerId) || isConstrained(one.strategy)).toBe(true)
  }
}

function expectFairChoice(one: Case, { selection }: Decided) {
  const { exclude, tried, mayPanic, panicThreshold } = inputOf(one)
  const { candidates, chosen, panic, returnsAt } = selection
  const winner = one.members[chosen!]!
  const eligible = one.members.filter((_, place) => candidates[place]?.eligible)
  expect(eligible).toContain(winner)
  expect(eligible.some(isForbidden)).toBe(false)
  expect(eligible.some(({ providerId }) => exclude.has(providerId))).toBe(false)
  if (!panic) expect(eligible.every(isCalm)).toBe(true)
  if (panic) expect(mayPanic).toBe(true)
  if (panic && panicThreshold === 0) expect(eligible.some(isCalm)).toBe(false)
  if (tried.has(winner.providerId))
    expect(eligible.every(({ providerId }) => tried.has(providerId))).toBe(true)
  expect(returnsAt).toBeNull()
}

const POLICY: BreakerPolicy = {
  failureThreshold: 1,
  recoveryTimeoutMs: 1_000,
  halfOpenMaxCalls: 2,
  successThreshold: 2,
  windowMs: 10_000,
  minCalls: 5,
  failureRate: 0.5,
  slowCallMs: null,
  slowCallRate: 1,
  openGrowth: 1,
  maxOpenMs: 1_000,
  openJitter: 0,
  quietResetMs: 10_000,
  trialTimeoutMs: 5_000,
  rampUpMs: 1_000,
  rampStart: 0.1,
}

const gateOf = ({ state, leases }: Circuit): Candidate['gate'] => {
  if (state !== 'half_open') return state
  return leases.length < POLICY.halfOpenMaxCalls ? 'trial' : 'trials_taken'
}

const turn = fc.record({
  wait: fc.constantFrom(0, 0, 0, 10, 1_000, 6_000),
  settles: fc.nat(2),
  verdict: fc.constantFrom('success' as const, 'failure' as const, 'neutral' as const),
})

it('never chooses a circuit that would refuse the call, and never takes more than its trial slots', () => {
  fc.assert(
    fc.property(strategy, fc.array(turn, { minLength: 20, maxLength: 60 }), fc.nat(), (one, turns, seed) => {
      let at = NOON
      const circuits = new Map(IDS.map((id) => [id, newCircuit(id, at)]))
      const calls: { id: string; permit: Permit }[] = []
      const random = seeded(seed)
      let { memory } = decideInput(one, [])
      for (const { wait, settles, verdict } of turns) {
        at += wait
        const members = IDS.map((id) => {
          const circuit = stateAt(circuits.get(id)!, at, POLICY)
          return candidate(id, { gate: gateOf(circuit), state: circuit.state, retryAt: circuit.retryAt })
        })
        const decided = decide(decideInput(one, members, { memory, random, mayPanic: false, now: at }))
        memory = decided.memory
        const id = decided.selection.candidates[decided.selection.chosen ?? -1]?.providerId
        if (id !== undefined) {
          const admitted = step(
            circuits.get(id)!,
            { type: 'admit', at, for: 'traffic', completion: true },
            POLICY,
          )
          expect(admitted.permit).not.toBeNull()
          circuits.set(id, admitted.circuit)
          calls.push({ id, permit: admitted.permit! })
        }
        for (const { id: of, permit } of calls.splice(0, settles)) {
          const event = {
            type: 'settle',
            at,
            permit,
            verdict,
            slow: false,
            error: 'x',
            cooling: null,
          } as const
          circuits.set(of, step(circuits.get(of)!, event, POLICY).circuit)
        }
        for (const circuit of circuits.values()) {
          expect(circuit.leases.length).toBeLessThanOrEqual(POLICY.halfOpenMaxCalls)
        }
      }
    }),
    { numRuns: 300 },
  )
})
