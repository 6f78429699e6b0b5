import type { OutcomeClass } from '#lib/domain/outcome.ts'

/** Each class's own colour, in every chart; series colours, so that no class passes for a status. */
export const OUTCOME_COLOURS: Record<OutcomeClass, string> = {
  ok: 'var(--series-7)',
  provider_error: 'var(--series-2)',
  rate_limited: 'var(--series-8)',
  credentials: 'var(--series-4)',
  client_error: 'var(--series-1)',
  cancelled: 'var(--series-5)',
  internal: 'var(--series-3)',
}
