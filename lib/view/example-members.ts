import type { ProviderRow } from '#lib/contract/monitor.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import type { MemberForm } from './route-form.ts'

/** What is known of the members: as they are configured, and as they were measured last. */
export type Known = { providers: readonly ProviderConfig[]; rows: readonly ProviderRow[] }

/** The members in the best of states: eligible, nobody busy, at the latency and success that were measured last. */
export function exampleMembers(
  members: readonly MemberForm[],
  model: string,
  { providers, rows }: Known,
): Candidate[] {
  const configs = new Map(providers.map((provider) => [provider.id, provider]))
  const measured = new Map(rows.map((row) => [row.id, row]))
  return members.map((member) => {
    const provider = configs.get(member.providerId)
    const served = member.model === '' ? model : member.model
    return {
      ...WELL,
      providerId: member.providerId,
      model: served,
      ...placeOf(member, provider),
      outputTokens: null,
      price: priceOf(provider, served),
      ...measuredOf(measured.get(member.providerId)),
    }
  })
}

const WELL = {
  enabled: true,
  forcedOpen: false,
  refusal: null,
  gate: 'closed',
  state: 'closed',
  coolingUntil: null,
  retryAt: null,
  health: 'fine',
  healthReason: '',
  inFlight: 0,
  maxConcurrency: null,
  ramp: 1,
  consecutiveFailures: 0,
} as const

const PLAIN = { weight: 1, priority: 0, region: null, coordinates: null }

const placeOf = ({ weight, priority }: MemberForm, provider: ProviderConfig | undefined) => {
  const own = provider ?? PLAIN
  return {
    weight: weight ?? own.weight,
    priority: priority ?? own.priority,
    region: own.region,
    coordinates: own.coordinates,
  }
}

const UNMEASURED = {
  peakEwmaMs: null,
  averageLatencyMs: null,
  recentP95Ms: null,
  successRate: 1,
  samples: 0,
}

const measuredOf = (row: ProviderRow | undefined) =>
  row === undefined
    ? UNMEASURED
    : {
        peakEwmaMs: row.averageLatencyMs,
        averageLatencyMs: row.averageLatencyMs,
        recentP95Ms: row.lastHour.p95Ms,
        successRate: row.successRate,
        samples: row.samples,
      }

/** The model's price there; of a model that is not known by name, the first that has one. */
function priceOf(provider: ProviderConfig | undefined, model: string): Candidate['price'] {
  const models = provider?.models ?? []
  const named = models.filter(({ name, alias }) => name === model || alias === model)
  const priced = [...named, ...models].find(({ priceIn, priceOut }) => priceIn !== null && priceOut !== null)
  return priced === undefined ? null : { in: priced.priceIn ?? 0, out: priced.priceOut ?? 0 }
}
