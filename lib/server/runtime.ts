import { AppError } from '#lib/domain/errors.ts'
import type { SelfHealth } from '#lib/contract/monitor.ts'
import type { Engine } from '#lib/services/engine.ts'
import type { AuditCounts } from '#lib/services/metrics/audit-counts.ts'
import type { Access } from './access/access.ts'
import type { Idempotency } from './idempotency.ts'
import type { LiveHub } from './live-hub.ts'
import type { Logger } from './log.ts'
import type { LoopDelay } from './loop-delay.ts'
import type { Refusals } from './refusals.ts'

export const PHASES = ['starting', 'ready', 'stopping'] as const
export type Phase = (typeof PHASES)[number]

/** The process's one set of live objects. */
export type Runtime = {
  engine: Engine
  hub: LiveHub
  access: Access
  idempotency: Idempotency
  /** Hears of calls that were refused, for the audit. */
  refusals: Refusals
  log: Logger
  version: string
  selfHealth: () => SelfHealth
  auditCounts: AuditCounts
  loop: LoopDelay
  /** Where applications send their requests; null while the gateway is off. */
  gatewayUrl: string | null
  /** Where the demo's traffic is turned up and down; null outside the demo. */
  demoControl: string | null
  phase: () => Phase
  /** Says to whoever asks that the process is stopping, while what is under way still goes on. */
  announceStop: () => void
  /** Stops checks, writes what waits and closes; within 5 s, and once however often it is called. */
  stop: () => Promise<void>
}

const KEY = Symbol.for('switchyard.runtime')
const WAITING = Symbol.for('switchyard.runtime.waiting')
const STARTER = Symbol.for('switchyard.runtime.starter')
const holder = globalThis as {
  [KEY]?: Runtime | undefined
  [WAITING]?: (() => void)[] | undefined
  [STARTER]?: StartRuntime | undefined
}

/** Starts a runtime, or ends the process. */
export type StartRuntime = () => Promise<void>

/**
 * The runtime, or `unavailable` before it is there. It hangs on globalThis because Next compiles instrumentation,
 * pages and each route as entries of their own, which need not share module instances.
 */
export function runtime(): Runtime {
  const held = holder[KEY]
  if (held === undefined) throw new AppError('unavailable', 'Switchyard is starting.')
  return held
}

/** The runtime if there is one. */
export const heldRuntime = (): Runtime | null => holder[KEY] ?? null

/** Makes `next` the process's runtime (null: none) and returns the one it replaces, which the caller must stop. */
export function holdRuntime(next: Runtime | null): Runtime | null {
  const previous = heldRuntime()
  holder[KEY] = next ?? undefined
  if (next !== null) for (const resolve of holder[WAITING]?.splice(0) ?? []) resolve()
  return previous
}

/** Resolves when the process has a runtime. */
export function whenHeld(): Promise<void> {
  if (heldRuntime() !== null) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const waiting = (holder[WAITING] ??= [])
  waiting.push(() => resolve(undefined))
  return promise
}

/** Has instrumentation start the runtime in this way, in place of code that Next compiled. */
export function offerStart(start: StartRuntime): void {
  holder[STARTER] = start
}

/** The way that was offered; null for none. */
export const offeredStart = (): StartRuntime | null => holder[STARTER] ?? null
