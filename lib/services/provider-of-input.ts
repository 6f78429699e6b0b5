import type { CreateProvider, PatchProvider } from '#lib/contract/provider.ts'
import { AppError } from '#lib/domain/errors.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { MASKED } from '#lib/domain/redact-secrets.ts'
import { isSecretHeader, sealedHeader } from '#lib/domain/secret-header.ts'
import type { KeySource, Probe, Provider, ProviderKind } from '#lib/domain/provider.ts'
import type { Secrets } from './ports.ts'

type Common = Omit<CreateProvider, 'id' | 'thresholds'>

/** A provider made from what was given, its kind's defaults for the rest, and its key sealed. */
export function newProvider(
  input: Common,
  { id, secrets, now }: { id: string; secrets: Secrets; now: number },
): Provider {
  const baseUrl = input.baseUrl ?? KIND_FACTS[input.kind].baseUrl
  if (baseUrl === null) throw missingBaseUrl(input.kind)
  return {
    ...UNSAID,
    ...plainFields(input),
    id,
    name: input.name,
    kind: input.kind,
    baseUrl,
    key: keyOf(input, secrets) ?? { type: 'none' },
    headers: sealHeaders(input.headers ?? {}, { before: {}, secrets }),
    models: modelsOf(input.models ?? []),
    probe: probeOf(input.probe, input.kind),
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
}

/** The provider with the given fields changed; null clears a field, and a cleared base URL or probe is its kind's own. */
export function patchedProvider(
  before: Provider,
  patch: PatchProvider,
  { secrets, now }: { secrets: Secrets; now: number },
): Provider {
  const kind = patch.kind ?? before.kind
  return {
    ...before,
    ...plainFields(patch),
    kind,
    key: keyOf(patch, secrets) ?? before.key,
    headers: patch.headers ? sealHeaders(patch.headers, { before: before.headers, secrets }) : before.headers,
    models: patch.models ? modelsOf(patch.models) : before.models,
    probe: patch.probe === undefined && kind === before.kind ? before.probe : probeOf(patch.probe, kind),
    version: before.version + 1,
    updatedAt: now,
  }
}

/** What a provider has where nothing is said, whatever its kind. */
const UNSAID = {
  apiVersion: null as string | null,
  region: null as string | null,
  coordinates: null as Provider['coordinates'],
  tags: [] as readonly string[],
  enabled: true,
  weight: 1,
  priority: 0,
  maxConcurrency: null as number | null,
}

const PLAIN_FIELDS = ['name', 'baseUrl', ...(Object.keys(UNSAID) as (keyof typeof UNSAID)[])] as const

/** The fields that are kept as they were given, and only those: a key given in the clear must not slip through. */
function plainFields(input: { readonly [Field in (typeof PLAIN_FIELDS)[number]]?: unknown }): Partial<
  Pick<Provider, (typeof PLAIN_FIELDS)[number]>
> {
  const given = PLAIN_FIELDS.filter((field) => input[field] !== undefined).map((field) => [
    field,
    input[field],
  ])
  return Object.fromEntries(given) as Partial<Pick<Provider, (typeof PLAIN_FIELDS)[number]>>
}

const missingBaseUrl = (kind: ProviderKind) =>
  new AppError('invalid_input', 'The provider needs a base URL.', {
    fields: [{ path: 'baseUrl', message: `needed for ${KIND_FACTS[kind].label}` }],
  })

/** The key's new source; null when nothing was said about it. */
function keyOf(
  { apiKey, apiKeyRef }: { apiKey?: string | null | undefined; apiKeyRef?: string | null | undefined },
  secrets: Secrets,
): KeySource | null {
  if (apiKeyRef) return { type: 'reference', reference: apiKeyRef }
  if (apiKey) return { type: 'sealed', sealed: secrets.seal(apiKey), last4: lastFour(apiKey) }
  return apiKey === null || apiKeyRef === null ? { type: 'none' } : null
}

/** The end of a key, to tell two apart by; nothing of one so short that four characters would give much of it away. */
export const lastFour = (key: string) => (key.length >= 12 ? key.slice(-4) : '')

const modelsOf = (models: NonNullable<Common['models']>) =>
  models.map(({ name, alias, priceIn, priceOut }) => ({
    name,
    alias: alias ?? null,
    priceIn: priceIn ?? null,
    priceOut: priceOut ?? null,
  }))

function probeOf(probe: Common['probe'], kind: ProviderKind): Probe {
  const nothing = {
    model: null,
    path: null,
    expectStatus: null,
    dailyBudgetUsd: null,
    skipWhenTrafficProves: false,
  }
  if (!probe) return { ...nothing, ...KIND_FACTS[kind].probe }
  const given = Object.entries(probe).filter(([, value]) => value !== undefined)
  return { ...nothing, type: probe.type, ...(Object.fromEntries(given) as Partial<Probe>) }
}

type HeaderValues = Readonly<Record<string, string>>

/** Secret-looking values are kept sealed; a mask that comes back unchanged keeps the value behind it. */
function sealHeaders(
  headers: HeaderValues,
  { before, secrets }: { before: HeaderValues; secrets: Secrets },
): HeaderValues {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (value === MASKED && before[name] !== undefined) return [name, before[name]]
      return [name, isSecretHeader(name) ? sealedHeader(secrets.seal(value)) : value]
    }),
  )
}
