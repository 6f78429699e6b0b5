import type { CreateRoute, ReplaceRoute, RouteConfig } from '#lib/contract/route.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import { sameJson } from './provider-form-input.ts'
import { strategyInput } from './strategy-form-input.ts'
import { newStrategy, strategyForm, withoutProvider, type StrategyForm } from './strategy-form.ts'

/** A member as its form holds it; an empty model, weight or priority takes the provider's own. */
export type MemberForm = { providerId: string; model: string; weight: number | null; priority: number | null }

/** A route as its form holds it; the names are the schema's. */
export type RouteForm = {
  name: string
  /** Separated by spaces or commas. */
  models: string
  members: MemberForm[]
  strategy: StrategyForm
  limits: {
    maxAttempts: number | null
    timeout: string | null
    firstTokenTimeout: string | null
    stallTimeout: string | null
  }
}

const NO_LIMITS: RouteForm['limits'] = {
  maxAttempts: null,
  timeout: null,
  firstTokenTimeout: null,
  stallTimeout: null,
}

const memberOf = (providerId: string): MemberForm => ({ providerId, model: '', weight: null, priority: null })

/** The form of a new route, without members. */
export const newRouteForm = (): RouteForm => ({
  name: '',
  models: '',
  members: [],
  strategy: newStrategy('load-balance', []),
  limits: NO_LIMITS,
})

/** A first route over every enabled provider, under each model that any of them is known to serve. */
export function routeOverAll(providers: readonly ProviderConfig[]): RouteForm {
  const enabled = providers.filter(({ enabled }) => enabled)
  const models = new Set(
    enabled.flatMap((provider) => provider.models.map(({ name, alias }) => alias ?? name)),
  )
  return {
    ...newRouteForm(),
    name: 'all',
    models: models.size === 0 ? '*' : [...models].toSorted(compareNames).join(', '),
    members: enabled.map(({ id }) => memberOf(id)),
  }
}

/** The form of a route as it is stored. */
export function routeForm(config: RouteConfig): RouteForm {
  const { maxAttempts = null, timeout = null, firstTokenTimeout = null, stallTimeout = null } = config.limits
  return {
    name: config.name,
    models: config.models.join(', '),
    members: config.members.map(({ providerId, model, weight = null, priority = null }) => ({
      providerId,
      model: model ?? '',
      weight,
      priority,
    })),
    strategy: strategyForm(config.strategy),
    limits: { maxAttempts, timeout, firstTokenTimeout, stallTimeout },
  }
}

/** The form with one more member. */
export const withMember = (form: RouteForm, providerId: string): RouteForm => ({
  ...form,
  members: [...form.members, memberOf(providerId)],
})

/** The form without that member, in its strategy neither. */
export const withoutMember = (form: RouteForm, providerId: string): RouteForm => ({
  ...form,
  members: form.members.filter((member) => member.providerId !== providerId),
  strategy: withoutProvider(form.strategy, providerId),
})

/** The members with one moved a place; their priorities then say the order that is seen. */
export function moveMember(members: readonly MemberForm[], from: number, by: 1 | -1): MemberForm[] {
  const moved = members[from]
  const to = from + by
  if (moved === undefined || to < 0 || to >= members.length) return [...members]
  const rest = members.toSpliced(from, 1).toSpliced(to, 0, moved)
  return rest.map((member, priority) => ({ ...member, priority }))
}

/** The model patterns of a text, each once. */
export const modelsOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((one) => one !== '')),
]

/** What a new and a changed route have in common, as the server wants it. */
function plainInput(form: RouteForm): Omit<CreateRoute, 'name'> {
  return {
    models: modelsOf(form.models),
    members: form.members.map(({ providerId, model, weight, priority }) => ({
      providerId,
      model: model.trim() === '' ? null : model,
      weight,
      priority,
    })),
    strategy: strategyInput(form.strategy),
    limits: form.limits,
  }
}

/** The form as the server wants a new route; the shared schema judges it. */
export const createRouteInput = (form: RouteForm): CreateRoute => ({
  name: form.name.trim(),
  ...plainInput(form),
})

/** The form as the server wants a stored route's new content. */
export const replaceRouteInput = (form: RouteForm, expectedVersion: number): ReplaceRoute => ({
  expectedVersion,
  ...plainInput(form),
})

/** Whether both forms say the same to the server. */
export const isSameRoute = (a: RouteForm, b: RouteForm): boolean =>
  sameJson(createRouteInput(a), createRouteInput(b))

/** What each field of the form is called. */
export const ROUTE_LABELS: Record<keyof RouteForm, string> = {
  name: 'Name',
  models: 'Models',
  members: 'Members',
  strategy: 'Strategy',
  limits: 'Limits',
}
