import { sameJson } from './provider-form-input.ts'
import type { ProviderForm } from './provider-form.ts'

/** Two people's changes of the same provider laid together: what I changed from `base` goes over theirs. */
export function rebaseForm(forms: Record<'base' | 'mine' | 'theirs', ProviderForm>): ProviderForm {
  const { base, mine, theirs } = forms
  const changed = formFields.filter((field) => !sameJson(base[field], mine[field]))
  return { ...theirs, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) }
}

const FIELD_LABELS: Record<keyof ProviderForm, string> = {
  id: 'Id',
  name: 'Name',
  kind: 'Kind',
  baseUrl: 'Base URL',
  keyMode: 'Key',
  apiKey: 'Key',
  apiKeyRef: 'Key reference',
  headers: 'Headers',
  apiVersion: 'API version',
  region: 'Region',
  latitude: 'Latitude',
  longitude: 'Longitude',
  models: 'Models',
  tags: 'Tags',
  enabled: 'Enabled',
  weight: 'Weight',
  priority: 'Priority',
  maxConcurrency: 'Concurrent requests',
  probe: 'Check',
  thresholds: 'Thresholds',
}
const formFields = Object.keys(FIELD_LABELS) as (keyof ProviderForm)[]

/** A field's label by the path of a complaint about it: `models.0.priceIn` is `Models`. */
export function providerFieldLabel(path: string): string {
  const [first = ''] = path.split('.')
  const field = formFields.find((candidate) => candidate === first)
  return field === undefined ? path : FIELD_LABELS[field]
}

/** What two people changed in the same provider, by field: whether mine, theirs, or both. */
export function formConflicts(forms: Record<'base' | 'mine' | 'theirs', ProviderForm>): {
  label: string
  by: 'mine' | 'theirs' | 'both'
}[] {
  const { base, mine, theirs } = forms
  return formFields.flatMap((field) => {
    const isMine = !sameJson(base[field], mine[field])
    const isTheirs = !sameJson(base[field], theirs[field])
    if (!isMine && !isTheirs) return []
    return [{ label: FIELD_LABELS[field], by: isMine && isTheirs ? 'both' : isMine ? 'mine' : 'theirs' }]
  })
}
