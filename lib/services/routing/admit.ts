import type { Verdict } from '#lib/domain/outcome.ts'
import { admitCall } from '#lib/domain/two-level-calls.ts'
import type { CircuitSlot } from '../circuit-slot.ts'
import { driveCircuit } from '../drive-circuit.ts'
import type { Fleet } from '../fleet.ts'
import { modelSlot, type Permits } from '../observe-outcome.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import type { Admission } from './routed-request.ts'

/** An admission with what its end is told to. */
export type Ticket = Admission & {
  entry: ProviderEntry
  /** The A/B variant it counts for; null without a test. */
  variant: string | null
  /** How it ended, from when somebody has begun to judge that; null while it is open. */
  verdict: Verdict | Promise<Verdict> | null
}

/** Who was chosen, and how it came to that. */
export type Chosen = {
  entry: ProviderEntry
  model: string
  panic: boolean
  variant: string | null
  reason: string
  at: number
}

/**
 * Takes the permits of the provider's circuit and of its model's, and counts the call as under way; null, and nothing
 * taken, when one of them refuses. What is taken must go back by `finishCall` or `abandonCall`.
 */
export function admit(fleet: Fleet, chosen: Chosen): Ticket | null {
  const { entry, model } = chosen
  const permits = takePermits(fleet, chosen)
  if (permits === null) return null
  entry.calls += 1
  return {
    provider: entry.provider,
    model,
    permits,
    isTrial: permits.provider?.kind === 'trial' || permits.model?.kind === 'trial',
    reason: chosen.reason,
    startedAt: chosen.at,
    epoch: entry.epoch,
    entry,
    variant: chosen.variant,
    verdict: null,
  }
}

function takePermits(fleet: Fleet, { entry, model, panic, at }: Chosen): Permits | null {
  const origin = panic ? 'panic' : 'traffic'
  // Whatever a model works out counts, embeddings too: else a provider of nothing else could never close again.
  const completion = true
  fleet.recorder.prepare(entry, fleet.settings.version, at)
  const slot = modelSlot(fleet, entry, model)
  const { permits, gaveBack } = admitCall(
    { own: entry.own, model: slot },
    { type: 'admit', at, for: origin, completion },
    (place: CircuitSlot, event) => driveCircuit(fleet, place, { event }).step,
  )
  const question = { at, origin, completion } as const
  if (permits !== null) {
    const ofModel = slot === null ? null : model
    return { ...permits, asked: fleet.recorder.ask(entry, { ...question, model: ofModel, permits }) }
  }
  if (!gaveBack) return null
  // The provider's circuit gave a permit and took it back: a lease's number is gone.
  const asked = fleet.recorder.ask(entry, { ...question, model: null, permits: NONE })
  fleet.recorder.abandon(entry, asked, { at, gaveBack: true })
  return null
}

const NONE = { provider: null, model: null }
