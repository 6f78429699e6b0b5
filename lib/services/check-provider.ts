import { classify, neverConnected } from '#lib/domain/classify.ts'
import type { Permit } from '#lib/domain/circuit.ts'
import { egressLooksDown } from '#lib/domain/egress.ts'
import { isPrivateHost } from '#lib/domain/network-address.ts'
import type { Outcome } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { driveCircuit } from './drive-circuit.ts'
import { entryOf, type Fleet } from './fleet.ts'
import { observeOutcome, observeSkipped } from './observe-outcome.ts'
import type { Prober } from './ports.ts'
import { spendOnProbe, skipReason } from './probe-spending.ts'
import type { ProviderEntry } from './provider-entry.ts'
import type { CheckRecord } from './records.ts'

/** Failures to connect that begin this close together look like one dead network. */
const EGRESS_WITHIN_MS = 5_000

/** What a check needs of the world. */
export type CheckWorld = {
  prober: Prober
  /** The wall clock, epoch ms: dates in answers count against it. */
  wallNow: () => number
  /** The longest the event loop was late since `at`, in ms. */
  maxLoopDelaySince: (at: number) => number
  /** Asks the egress canary whether anything outside can be reached; null when none is set. */
  askCanary: (() => Promise<'up' | 'down'>) | null
}

type CheckOptions = {
  signal: AbortSignal
  /** Runs even where a scheduled check would be skipped. */
  isForced: boolean
}

/**
 * Runs one check of a provider and tells the fleet how it ended. Resolves with what history keeps of it; null when
 * it was abandoned, or when the provider was changed or deleted while it ran. Rejects only for a bug.
 */
export async function checkProvider(
  fleet: Fleet,
  world: CheckWorld,
  { providerId, signal, isForced }: CheckOptions & { providerId: string },
): Promise<CheckRecord | null> {
  const entry = entryOf(fleet, providerId)
  const skipped = isForced ? null : skipReason(entry, fleet.clock.now())
  if (skipped !== null) return markSkipped(fleet, entry, skipped)
  const { epoch } = entry
  const permit = admitCheck(fleet, entry)
  entry.inFlight += 1
  try {
    const raw = await world.prober.probe(entry.provider, {
      timeoutMs: entry.policies.monitor.timeoutMs,
      signal,
    })
    const egress = await egressOf(fleet, world, { entry, raw })
    if (signal.aborted || entry.epoch !== epoch) return freeLease(fleet, entry, permit)
    spendOnProbe(entry, raw, fleet.clock.now())
    return observeOutcome(fleet, outcomeOf(fleet, world, { entry, raw, egress }), {
      provider: permit,
      model: null,
    })
  } catch (error) {
    freeLease(fleet, entry, permit)
    throw error
  } finally {
    entry.inFlight -= 1
  }
}

const isCompletion = (entry: ProviderEntry) => entry.provider.probe.type === 'completion'

function admitCheck(fleet: Fleet, entry: ProviderEntry): Permit | null {
  const event = {
    type: 'admit',
    at: fleet.clock.now(),
    for: 'check',
    completion: isCompletion(entry),
  } as const
  return driveCircuit(fleet, entry.own, { event }).step.permit
}

function freeLease(fleet: Fleet, entry: ProviderEntry, permit: Permit | null): null {
  if (permit !== null && fleet.entries.get(entry.provider.id) === entry) {
    const at = fleet.clock.now()
    const event = {
      type: 'settle',
      at,
      permit,
      verdict: 'neutral',
      slow: false,
      error: null,
      cooling: null,
    } as const
    driveCircuit(fleet, entry.own, { event })
  }
  return null
}

function markSkipped(
  fleet: Fleet,
  entry: ProviderEntry,
  skipped: NonNullable<CheckRecord['skipped']>,
): CheckRecord {
  const check: CheckRecord = {
    providerId: entry.provider.id,
    model: entry.provider.probe.model,
    source: 'active',
    at: fleet.clock.now(),
    class: null,
    latencyMs: null,
    phases: null,
    httpStatus: null,
    kind: null,
    message: null,
    skipped,
    count: 1,
  }
  observeSkipped(fleet, entry, check)
  return check
}

type Probed = { entry: ProviderEntry; raw: RawResult }

/** Whether our own way out looks dead: asked only of a check that never connected. */
async function egressOf(
  fleet: Fleet,
  world: CheckWorld,
  { entry, raw }: Probed,
): Promise<'up' | 'down' | 'unknown'> {
  const failed = neverConnected(raw)
  entry.unreachedSince = failed ? (entry.unreachedSince ?? raw.endedAt) : null
  if (!failed) return 'up'
  // A host of our own network says nothing about the way out, nor the way out about it.
  if (isPrivateHost(hostOf(entry.provider.baseUrl))) return 'unknown'
  if (world.askCanary !== null) return world.askCanary()
  const watched = [...fleet.entries.values()].filter(({ provider }) => provider.enabled)
  const contacts = watched.map(({ provider, unreachedSince }) => ({
    host: hostOf(provider.baseUrl),
    failingSince: unreachedSince,
  }))
  // Rare checks notice a dead network late: all of them must have had their turn.
  const withinMs = Math.max(EGRESS_WITHIN_MS, ...watched.map(({ policies }) => policies.monitor.intervalMs))
  return egressLooksDown(contacts, withinMs) ? 'down' : 'unknown'
}

const hostOf = (baseUrl: string) => URL.parse(baseUrl)?.hostname ?? ''

function outcomeOf(
  fleet: Fleet,
  world: CheckWorld,
  { entry, raw, egress }: Probed & { egress: 'up' | 'down' | 'unknown' },
): Outcome {
  const { provider, policies } = entry
  const verdict = classify(raw, {
    source: 'active',
    loopDelayMs: world.maxLoopDelaySince(raw.startedAt),
    timeoutMs: policies.monitor.timeoutMs,
    egress,
    nowMs: world.wallNow(),
  })
  return {
    ...verdict,
    providerId: provider.id,
    model: provider.probe.model,
    source: 'active',
    startedAt: raw.startedAt,
    at: raw.endedAt,
    latencyMs: raw.endedAt - raw.startedAt,
    httpStatus: raw.httpStatus,
    phases: raw.phases,
    completion: isCompletion(entry),
    accountWide: true,
  }
}
