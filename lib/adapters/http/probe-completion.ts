import { KIND_FACTS, kindPaths } from '#lib/domain/provider-kinds.ts'
import { isAnswer, readCompletion } from './completion-answer.ts'
import { completionBody } from './completion-request.ts'
import { failed, type Failure } from './failure.ts'
import { type HttpPlan, type PlanParts, requestTo } from './probe-plan.ts'
import { kindUrl, under } from './probe-url.ts'
import { bad, readJson } from './read-json.ts'

/** A probe that has a model answer a few words: paid, and proof of all that a caller needs. */
export function planCompletion(parts: PlanParts): HttpPlan | Failure {
  const { provider, base } = parts
  const { completion } = KIND_FACTS[provider.kind]
  const path = kindPaths(provider.kind, provider.apiVersion).completion
  if (completion === null || path === null) {
    return failed('probe_misconfigured', 'probe misconfigured: no completions here')
  }
  const model = provider.probe.model ?? provider.models[0]?.name
  if (model === undefined) return failed('probe_misconfigured', 'probe misconfigured: no model is named')
  // Google's own list writes names as `models/…`, which its path has already.
  const name = encodeURIComponent(model.replace(/^models\//, ''))
  const url =
    provider.probe.path === null
      ? kindUrl(base, path.replace('{model}', name))
      : under(base, provider.probe.path)
  return {
    type: 'http',
    request: requestTo(url, parts, completionBody(model, completion)),
    fresh: true,
    overflow: 'fail',
    expectStatus: null,
    read: (text) =>
      readJson(text, (json) => {
        const answer = readCompletion(json, completion.shape)
        const { failure } = isAnswer(answer) ? { failure: null } : bad('completion without content')
        return { failure, usage: answer.usage, error: null }
      }),
  }
}
