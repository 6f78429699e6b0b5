import type { Exactness, GhostTransition, ProviderPreview, Replayed } from '#lib/contract/preview.ts'
import type { PolicyResult, ProviderResult } from '#lib/domain/replay/provider-replay.ts'
import type { ReplayedTransition } from '#lib/domain/replay/simulation.ts'
import { iso } from './time.ts'

/** More transitions than this are no picture any more. */
const MOST_TRANSITIONS = 500

/** What a replay of one provider found, as the API tells it. */
export function presentReplay(providerId: string, result: ProviderResult): ProviderPreview | null {
  const [draft, inForce] = result.results
  if (draft === undefined || inForce === undefined) return null
  return {
    providerId,
    draft: presentPolicy(draft),
    inForce: presentPolicy(inForce),
    outages: result.outages.map(({ model, from, to, failures }, index) => ({
      model,
      from: iso(from),
      to: to === null ? null : iso(to),
      failures,
      detectedAfterMs: {
        draft: draft.detections[index] ?? null,
        inForce: inForce.detections[index] ?? null,
      },
    })),
    exactness: exactnessOf([result]),
  }
}

const presentPolicy = ({ figures, initial, transitions }: PolicyResult): Replayed => ({
  figures,
  initial: [...initial],
  transitions: transitions.slice(0, MOST_TRANSITIONS).map(presentGhost),
  truncated: transitions.length > MOST_TRANSITIONS,
})

function presentGhost({ model, transition }: ReplayedTransition): GhostTransition {
  const { at, from, to, cause, generation, retryAt, evidence } = transition
  const { calls, failures, slow, consecutiveFailures } = evidence
  return {
    model,
    at: iso(at),
    from,
    to,
    cause,
    generation,
    retryAt: retryAt === null ? null : iso(retryAt),
    evidence: { calls, failures, slow, consecutiveFailures },
  }
}

/** How exact replays are, taken together. */
export function exactnessOf(
  results: readonly Pick<ProviderResult, 'outcomes' | 'approximate' | 'recordedFrom'>[],
): Exactness {
  const outcomes = results.reduce((sum, result) => sum + result.outcomes, 0)
  const approximate = results.reduce((sum, result) => sum + result.approximate, 0)
  const begins = results.map(({ recordedFrom }) => recordedFrom).filter((at) => at !== null)
  return {
    outcomes,
    approximate,
    share: outcomes === 0 ? 1 : (outcomes - approximate) / outcomes,
    recordedFrom: begins.length === 0 ? null : iso(Math.min(...begins)),
  }
}
