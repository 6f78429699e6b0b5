import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { GOOD, type HttpPlan, type PlanParts, requestTo } from './probe-plan.ts'
import { under } from './probe-url.ts'

/** A probe that asks one URL for one status; what the body says is not its business. */
export function planHttp(parts: PlanParts): HttpPlan {
  const { provider, base } = parts
  const usual = KIND_FACTS[provider.kind].probe
  const path = provider.probe.path ?? (usual.type === 'http' ? usual.path : null)
  return {
    type: 'http',
    request: requestTo(path === null ? base : under(base, path), parts, null),
    fresh: false,
    overflow: 'enough',
    expectStatus: provider.probe.expectStatus,
    read: () => GOOD,
  }
}
