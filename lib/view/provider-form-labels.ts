import type { ProviderForm } from './provider-form.ts'

/** What each field of the form is called. */
export const PROVIDER_LABELS: Record<keyof ProviderForm, string> = {
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
