import { newCircuit } from '../breaker.ts'
import type { BreakerPolicy } from '../policy.ts'
import type { CallRecord, StateRecord } from './record.ts'

export const T0 = Date.parse('2026-03-01T12:00:00Z')

export const POLICY: BreakerPolicy = {
  failureThreshold: 5,
  recoveryTimeoutMs: 60_000,
  halfOpenMaxCalls: 3,
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

/** A check that ended at `at`, having begun just before. */
export const checkAt = (at: number, part: Partial<CallRecord> = {}): CallRecord => ({
  type: 'call',
  at,
  begins: 1,
  distance: 1,
  origin: 'check',
  model: null,
  hasCircuit: false,
  beganAt: at - 250,
  endedAt: at,
  class: 'ok',
  kind: null,
  answered: true,
  retryAfterMs: null,
  latencyMs: 250,
  completion: false,
  accountWide: true,
  ...part,
})

export const failedAt = (at: number, part: Partial<CallRecord> = {}): CallRecord =>
  checkAt(at, { class: 'provider_error', kind: 'refused', answered: false, ...part })

/** A new provider's closed circuit at `at`. */
export const stateAt = (at: number, part: Partial<StateRecord> = {}): StateRecord => ({
  type: 'state',
  isStart: true,
  at,
  begins: 0,
  state: {
    bornAt: at,
    version: 1,
    circuits: [{ model: null, circuit: newCircuit('acme', at), lastTrafficAt: 0 }],
    openCalls: [],
  },
  ...part,
})
