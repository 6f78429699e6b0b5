import { KIND_FACTS, kindPaths } from '#lib/domain/provider-kinds.ts'
import { failed, type Failure } from './failure.ts'
import { modelListProblem } from './model-list.ts'
import { GOOD, type HttpPlan, type PlanParts, requestTo } from './probe-plan.ts'
import { kindUrl, under } from './probe-url.ts'
import { bad, readJson } from './read-json.ts'

/** A probe that reads the model list: free, and proof that the API answers what it promises. */
export function planModels(parts: PlanParts): HttpPlan | Failure {
  const { provider, base } = parts
  const { models } = KIND_FACTS[provider.kind]
  const path = kindPaths(provider.kind, provider.apiVersion).models
  if (models === null || path === null)
    return failed('probe_misconfigured', 'probe misconfigured: no model list here')
  const url = provider.probe.path === null ? kindUrl(base, path) : under(base, provider.probe.path)
  return {
    type: 'http',
    request: requestTo(url, parts, null),
    fresh: false,
    overflow: 'fail',
    expectStatus: null,
    read: (text) =>
      readJson(text, (json) => {
        const problem = modelListProblem(json, models.shape)
        return problem === null ? GOOD : bad(problem)
      }),
  }
}
