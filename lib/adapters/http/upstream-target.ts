import { gatewayCall } from '#lib/domain/gateway-call.ts'
import type { Provider } from '#lib/domain/provider.ts'
import type { GatewayApi } from '#lib/domain/routing/request-facts.ts'
import type { Secrets } from '#lib/services/ports.ts'
import { failed, type Failure } from './failure.ts'
import { AUTH, OWN_HEADERS } from './probe-plan.ts'
import { kindUrl } from './probe-url.ts'
import { secretsOf } from './redact.ts'
import { openHeaders } from './sealed-headers.ts'

/** Where one API of a provider is called and what must be sent there; `secrets` must not be shown. */
export type UpstreamTarget = {
  key: string | null
  origin: string
  path: string
  headers: Readonly<Record<string, string>>
  secrets: readonly string[]
}

/** Finds targets, each once for as long as its provider is not saved anew and its key stays the same. */
export function createTargetFinder(
  secrets: Pick<Secrets, 'open'>,
): (
  call: { provider: Provider; api: GatewayApi; model: string },
  key: string | null,
) => UpstreamTarget | Failure {
  const known = new WeakMap<Provider, Targets>()
  return (call, key) => {
    const targets = targetsOf(known, call)
    const found = targets.get(call.model)
    if (found !== undefined && ('kind' in found || found.key === key)) return found
    // Names of models come from clients.
    if (targets.size >= MAX_TARGETS) targets.clear()
    const target = targetOf(call, key, secrets)
    targets.set(call.model, target)
    return target
  }
}

/** The most that is known of one API of a provider. */
const MAX_TARGETS = 200

/** What is known of a provider, by API and by model: a name made of both would be made for each call. */
type Targets = Map<GatewayApi, Map<string, UpstreamTarget | Failure>>

function targetsOf(
  known: WeakMap<Provider, Targets>,
  { provider, api }: { provider: Provider; api: GatewayApi },
): Map<string, UpstreamTarget | Failure> {
  let byApi = known.get(provider)
  if (byApi === undefined) known.set(provider, (byApi = new Map() as Targets))
  let targets = byApi.get(api)
  if (targets === undefined) byApi.set(api, (targets = new Map<string, UpstreamTarget | Failure>()))
  return targets
}

function targetOf(
  { provider, api, model }: { provider: Provider; api: GatewayApi; model: string },
  key: string | null,
  secrets: Pick<Secrets, 'open'>,
): UpstreamTarget | Failure {
  const base = URL.parse(provider.baseUrl)
  if (base === null) return failed('probe_misconfigured', 'provider misconfigured: the base URL is not one')
  const where = gatewayCall(provider, api)
  if (where === null) return failed('probe_misconfigured', `provider misconfigured: it does not speak ${api}`)
  const opened = openHeaders(provider, secrets)
  if (!('baseUrl' in opened)) return opened
  const url = kindUrl(base, where.path.replace('{model}', encodeURIComponent(model)))
  const headers: Record<string, string> = {}
  if (key !== null) {
    const [name, value] = AUTH[where.auth](key)
    headers[name] = value
  }
  for (const [name, value] of Object.entries(opened.headers))
    if (!OWN_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value
  return {
    key,
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    headers,
    secrets: secretsOf(key, opened.headers),
  }
}
