import type { ProbeType, Provider } from '#lib/domain/provider.ts'
import { failed, type Failure } from './failure.ts'
import { planCompletion } from './probe-completion.ts'
import { planHttp } from './probe-http.ts'
import { planModels } from './probe-models.ts'
import type { HttpPlan, PlanParts, TcpPlan } from './probe-plan.ts'
import { planTcp } from './probe-tcp.ts'
import { secretsOf } from './redact.ts'

/** A probe made ready, with what must not be shown of it. */
export type ProbePlan = (HttpPlan | TcpPlan) & { secrets: readonly string[] }

const PLANNERS: Readonly<Record<ProbeType, (parts: PlanParts) => HttpPlan | TcpPlan | Failure>> = {
  models: planModels,
  completion: planCompletion,
  http: planHttp,
  tcp: planTcp,
}

/** How to run a provider's probe with this key; a failure when it cannot be run at all. */
export function planProbe(provider: Provider, key: string | null): ProbePlan | Failure {
  const base = URL.parse(provider.baseUrl)
  if (base === null) return failed('probe_misconfigured', 'probe misconfigured: the base URL is not one')
  const plan = PLANNERS[provider.probe.type]({ provider, base, key })
  return 'kind' in plan ? plan : { ...plan, secrets: secretsOf(key, provider.headers) }
}
