import type { CreateProvider, PatchProvider } from '#lib/contract/provider.ts'
import type { ProviderForm } from './provider-form.ts'

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim())

function keyInput(form: ProviderForm): Pick<CreateProvider, 'apiKey' | 'apiKeyRef'> {
  switch (form.keyMode) {
    case 'keep':
      return {}
    case 'secret':
      // An empty key goes out as it is, so that the schema complains at its field.
      return { apiKey: form.apiKey }
    case 'reference':
      return { apiKeyRef: form.apiKeyRef.trim() }
    case 'none':
      return { apiKey: null, apiKeyRef: null }
  }
}

/** Only what the probe's type uses; the rest takes the kind's default. */
function probeInput({ probe }: ProviderForm): NonNullable<CreateProvider['probe']> {
  const { type, path, expectStatus, model, dailyBudgetUsd, skipWhenTrafficProves } = probe
  switch (type) {
    case 'completion':
      return { type, model: textOrNull(model), dailyBudgetUsd, skipWhenTrafficProves }
    case 'http':
      return { type, path: textOrNull(path), expectStatus }
    case 'models':
      return { type, path: textOrNull(path) }
    case 'tcp':
      return { type }
  }
}

/** Half a pair of coordinates is written as NaN, so that the schema complains about the missing half. */
function coordinatesInput({ latitude, longitude }: ProviderForm): [number, number] | null {
  return latitude === null && longitude === null ? null : [latitude ?? Number.NaN, longitude ?? Number.NaN]
}

/** The form as the server wants a new provider; the shared schema judges it. */
export function createInput(form: ProviderForm): CreateProvider {
  const id = textOrNull(form.id)
  const baseUrl = textOrNull(form.baseUrl)
  return {
    ...(id === null ? {} : { id }),
    ...(baseUrl === null ? {} : { baseUrl }),
    ...keyInput(form),
    ...plainInput(form),
  }
}

function plainInput(form: ProviderForm) {
  return {
    name: form.name,
    kind: form.kind,
    headers: Object.fromEntries(
      form.headers.filter(({ name }) => name.trim() !== '').map(({ name, value }) => [name.trim(), value]),
    ),
    apiVersion: textOrNull(form.apiVersion),
    region: textOrNull(form.region),
    coordinates: coordinatesInput(form),
    models: form.models.map((model) => ({ ...model, alias: textOrNull(model.alias) })),
    tags: tagsOf(form.tags),
    enabled: form.enabled,
    weight: form.weight ?? Number.NaN,
    priority: form.priority ?? Number.NaN,
    maxConcurrency: form.maxConcurrency,
    probe: probeInput(form),
    thresholds: form.thresholds,
  }
}

/** Tags out of a comma-separated text, each once. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]

/** The change that turns `before` into the form: only the fields that differ, over the version it was read at. */
export function patchInput(form: ProviderForm, before: ProviderForm, expectedVersion: number): PatchProvider {
  const [next, last] = [plainInput(form), plainInput(before)]
  const changed = Object.entries(next).filter(
    ([name, value]) => !sameJson(value, last[name as keyof typeof last]),
  )
  const key = sameJson(keyInput(form), keyInput(before)) ? {} : keyInput(form)
  const baseUrl = form.baseUrl.trim() === before.baseUrl ? {} : { baseUrl: form.baseUrl.trim() }
  return { expectedVersion, ...(Object.fromEntries(changed) as Partial<typeof next>), ...baseUrl, ...key }
}

// NaN and null must differ here, which JSON alone would make equal.
/** Whether two parts of a form are the same. */
export const sameJson = (a: unknown, b: unknown) => json(a) === json(b)
const json = (value: unknown) =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'number' && Number.isNaN(part) ? 'NaN' : part,
  )
