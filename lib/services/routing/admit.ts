import type { Verdict } from '#lib/domain/outcome.ts'
import type { Fleet } from '../fleet.ts'
import { giveBack } from '../give-back.ts'
import { driveCircuit } from '../drive-circuit.ts'
import { modelSlot, type Permits } from '../observe-outcome.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import type { Admission } from './routed-request.ts'

/** An admission with what its end is told to. */
export type Ticket = Admission & {
  entry: ProviderEntry
  /** The A/B variant it counts for; null without a test. */
  variant: string | null
  /** How it ended, from when somebody has begun to judge that; null while it is open. */
  verdict: Promise<Verdict> | null
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
  const event = {
    type: 'admit',
    at,
    for: panic ? 'panic' : 'traffic',
    // Whatever a model works out counts, embeddings too: else a provider of nothing else could never close again.
    completion: true,
  } as const
  const own = driveCircuit(fleet, entry.own, { event }).step.permit
  if (own === null) return null
  const slot = modelSlot(fleet, entry, model)
  if (slot === null) return { provider: own, model: null }
  const ofModel = driveCircuit(fleet, slot, { event }).step.permit
  if (ofModel !== null) return { provider: own, model: ofModel }
  giveBack(fleet, entry.own, own)
  return null
}
