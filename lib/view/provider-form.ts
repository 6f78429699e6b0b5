import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { Thresholds } from '#lib/contract/settings.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { MASKED } from '#lib/domain/redact-secrets.ts'
import type { ProbeType, ProviderKind } from '#lib/domain/provider.ts'

/** Where the key comes from: `keep` leaves the stored one as it is, which only an existing provider can. */
export type KeyMode = 'keep' | 'secret' | 'reference' | 'none'

/** A provider as its form holds it: texts may be empty, numbers null; the names are the schema's where it has them. */
export type ProviderForm = {
  id: string
  name: string
  kind: ProviderKind
  /** Empty: the kind's own. */
  baseUrl: string
  keyMode: KeyMode
  apiKey: string
  apiKeyRef: string
  headers: { name: string; value: string }[]
  apiVersion: string
  region: string
  latitude: number | null
  longitude: number | null
  models: { name: string; alias: string; priceIn: number | null; priceOut: number | null }[]
  /** Separated by commas. */
  tags: string
  enabled: boolean
  weight: number | null
  priority: number | null
  maxConcurrency: number | null
  probe: {
    type: ProbeType
    model: string
    path: string
    expectStatus: number | null
    dailyBudgetUsd: number | null
    skipWhenTrafficProves: boolean
  }
  thresholds: Thresholds
}

const emptyProbe = (kind: ProviderKind): ProviderForm['probe'] => ({
  type: KIND_FACTS[kind].probe.type,
  model: '',
  path: KIND_FACTS[kind].probe.path ?? '',
  expectStatus: null,
  dailyBudgetUsd: null,
  skipWhenTrafficProves: false,
})

/** The form of a new provider of that kind, with what is publicly known of it filled in. */
export function newProviderForm(kind: ProviderKind): ProviderForm {
  return {
    id: '',
    name: '',
    kind,
    baseUrl: KIND_FACTS[kind].baseUrl ?? '',
    keyMode: KIND_FACTS[kind].needsKey ? 'secret' : 'none',
    apiKey: '',
    apiKeyRef: '',
    headers: [],
    apiVersion: '',
    region: '',
    latitude: null,
    longitude: null,
    models: [],
    tags: '',
    enabled: true,
    weight: 1,
    priority: 0,
    maxConcurrency: null,
    probe: emptyProbe(kind),
    thresholds: {},
  }
}

const keyModeOf = ({ apiKeyRef, hasApiKey }: ProviderConfig): KeyMode =>
  apiKeyRef !== null ? 'reference' : hasApiKey ? 'keep' : 'none'

/** The form of a provider as it is stored. */
export function providerForm(config: ProviderConfig): ProviderForm {
  const { id, name, kind, baseUrl, enabled, weight, priority, maxConcurrency, thresholds } = config
  const [latitude, longitude] = config.coordinates ?? [null, null]
  const text = (value: string | null) => value ?? ''
  return {
    ...{ id, name, kind, baseUrl, enabled, weight, priority, maxConcurrency, thresholds },
    ...{ latitude, longitude },
    keyMode: keyModeOf(config),
    apiKey: '',
    apiKeyRef: text(config.apiKeyRef),
    headers: Object.entries(config.headers).map(([headerName, value]) => ({ name: headerName, value })),
    apiVersion: text(config.apiVersion),
    region: text(config.region),
    models: config.models.map((model) => ({ ...model, alias: text(model.alias) })),
    tags: config.tags.join(', '),
    probe: { ...config.probe, model: text(config.probe.model), path: text(config.probe.path) },
  }
}

/** A new provider like that one; secrets cannot be copied, since nobody can read them. */
export function duplicateForm(config: ProviderConfig): ProviderForm {
  const form = providerForm(config)
  return {
    ...form,
    id: '',
    name: `${config.name} copy`,
    keyMode: form.keyMode === 'keep' ? 'secret' : form.keyMode,
    headers: form.headers.filter(({ value }) => value !== MASKED),
  }
}

/** The probes that a kind can run. */
export function probeTypesOf(kind: ProviderKind): ProbeType[] {
  const { models, completion } = KIND_FACTS[kind]
  return [
    ...(models === null ? [] : (['models'] as const)),
    ...(completion === null ? [] : (['completion'] as const)),
    'http',
    'tcp',
  ]
}

/** The form with another kind: what was the old kind's default becomes the new one's, what was written stays. */
export function withKind(form: ProviderForm, kind: ProviderKind): ProviderForm {
  const [before, after] = [KIND_FACTS[form.kind], KIND_FACTS[kind]]
  const hasDefaultUrl = form.baseUrl === '' || form.baseUrl === before.baseUrl
  const hasDefaultProbe =
    form.probe.type === before.probe.type && form.probe.path === (before.probe.path ?? '')
  const keepsProbe = !hasDefaultProbe && probeTypesOf(kind).includes(form.probe.type)
  const defaultKeyMode = (needsKey: boolean): KeyMode => (needsKey ? 'secret' : 'none')
  const hasDefaultKey = form.keyMode === defaultKeyMode(before.needsKey) && form.apiKey === ''
  return {
    ...form,
    kind,
    baseUrl: hasDefaultUrl ? (after.baseUrl ?? '') : form.baseUrl,
    probe: keepsProbe ? form.probe : emptyProbe(kind),
    keyMode: hasDefaultKey ? defaultKeyMode(after.needsKey) : form.keyMode,
  }
}

/** Why a completion probe would not run as written, in words; null when it would. */
export function probeWarning({ probe, models }: ProviderForm): string | null {
  if (probe.type !== 'completion' || probe.dailyBudgetUsd === null) return null
  const model = models.find(({ name }) => name === probe.model.trim())
  if (model === undefined || model.priceIn === null || model.priceOut === null) {
    return 'The budget needs the prices of this model: until both are given below, these checks are skipped.'
  }
  return null
}
