import type { Verdict } from '#lib/domain/outcome.ts'
import type { ProviderEntry } from './provider-entry.ts'

/** How long a refusal keeps traffic away: where nothing is checked, a request must be the one that asks again. */
const REFUSAL_HOLDS_MS = 30_000

/**
 * Remembers of a call of our own, to what the provider is now, whether our policy refused to make it. It is no outcome
 * of the provider's: neither its health nor its circuits learn of it.
 */
export function noteRefusal(
  entry: ProviderEntry,
  verdict: Pick<Verdict, 'class' | 'kind' | 'message'>,
  now: number,
): void {
  if (verdict.kind === 'refused_by_policy') {
    entry.refusal = { reason: verdict.message ?? 'refused by policy', until: now + REFUSAL_HOLDS_MS }
    return
  }
  // A call that ended before anything was known of its address says nothing of it.
  if (verdict.class !== 'internal' && verdict.class !== 'cancelled') entry.refusal = null
}
