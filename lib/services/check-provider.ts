import type { Outcome, Verdict } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { driveCircuit } from './drive-circuit.ts'
import { entryOf, type Fleet } from './fleet.ts'
import { giveBack } from './give-back.ts'
import { judgeCall, latencyOf, type SelfWatch } from './judge-call.ts'
import { noteRefusal } from './note-refusal.ts'
import { observeOutcome, observeSkipped, type Permits } from './observe-outcome.ts'
import type { Prober } from './ports.ts'
import { spendOnProbe, skipReason } from './probe-spending.ts'
import type { ProviderEntry } from './provider-entry.ts'
import type { CheckRecord } from './records.ts'

/** What a check needs of the world. */
export type CheckWorld = SelfWatch & { prober: Prober }

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
  const permits = admitCheck(fleet, entry)
  entry.inFlight += 1
  try {
    const { timeoutMs } = entry.policies.monitor
    const raw = await world.prober.probe(entry.provider, { timeoutMs, signal })
    const verdict = await judgeCall(fleet, world, { entry, raw, source: 'active', timeoutMs })
    const isCurrent = fleet.entries.get(providerId) === entry && entry.epoch === epoch
    if (signal.aborted || !isCurrent) return freeLease(fleet, entry, permits)
    spendOnProbe(entry, raw, fleet.clock.now())
    noteRefusal(entry, verdict, fleet.clock.now())
    const { startedAt, endedAt } = raw
    const latencyMs = latencyOf(world, { startedAt, tookMs: endedAt - startedAt, timeoutMs })
    return observeOutcome(fleet, outcomeOf(entry, { raw, verdict, latencyMs }), permits)
  } catch (error) {
    freeLease(fleet, entry, permits)
    throw error
  } finally {
    entry.inFlight -= 1
  }
}

const isCompletion = (entry: ProviderEntry) => entry.provider.probe.type === 'completion'

function admitCheck(fleet: Fleet, entry: ProviderEntry): Permits {
  const at = fleet.clock.now()
  const completion = isCompletion(entry)
  const event = { type: 'admit', at, for: 'check', completion } as const
  fleet.recorder.prepare(entry, fleet.settings.version, at)
  const permits = { provider: driveCircuit(fleet, entry.own, { event }).step.permit, model: null }
  const asked = fleet.recorder.ask(entry, { at, origin: 'check', completion, model: null, permits })
  return { ...permits, asked }
}

function freeLease(fleet: Fleet, entry: ProviderEntry, permits: Permits): null {
  giveBack(fleet, entry, permits)
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
    latencies: null,
    count: 1,
  }
  observeSkipped(fleet, entry, check)
  return check
}

type CheckEnd = { raw: RawResult; verdict: Verdict; latencyMs: number | null }

function outcomeOf(entry: ProviderEntry, { raw, verdict, latencyMs }: CheckEnd): Outcome {
  const { provider } = entry
  return {
    ...verdict,
    providerId: provider.id,
    model: provider.probe.model,
    source: 'active',
    startedAt: raw.startedAt,
    at: raw.endedAt,
    latencyMs,
    httpStatus: raw.httpStatus,
    phases: raw.phases,
    completion: isCompletion(entry),
    accountWide: true,
  }
}
