import type { CreateApiKey } from '#lib/contract/api-key.ts'
import type { Scope } from '#lib/domain/access/roles.ts'

const DAY_MS = 86_400_000

/** After how many days a new key is refused. */
export const KEY_LIVES = ['30', '90', '365', 'never'] as const
export type KeyLife = (typeof KEY_LIVES)[number]

/** A new key as its form holds it. */
export type ApiKeyForm = { name: string; scopes: Scope[]; life: KeyLife }

export const EMPTY_API_KEY_FORM: ApiKeyForm = { name: '', scopes: [], life: '90' }

/** What each purpose is for, in a word and in a sentence. */
export const SCOPE_WORDS: Readonly<Record<Scope, { label: string; note: string }>> = {
  read: { label: 'Read', note: 'Reads all that the console shows of the fleet, and simulates requests.' },
  select: { label: 'Select', note: 'Asks a route whom to call, as a gateway of your own does.' },
  outcomes: { label: 'Outcomes', note: 'Reports how calls went, and marks deployments on the charts.' },
  metrics: { label: 'Metrics', note: 'Reads the metrics, as Prometheus does, and nothing else.' },
  operate: { label: 'Operate', note: 'Forces, releases and resets circuits, and runs checks.' },
  config: { label: 'Configure', note: 'Changes providers, thresholds, routes and gateway keys.' },
}

/** The form as the server wants it, with the key's end counted from `now`, epoch ms; the shared schema judges it. */
export const apiKeyInput = ({ name, scopes, life }: ApiKeyForm, now: number): CreateApiKey => ({
  name,
  scopes,
  expiresAt: life === 'never' ? null : new Date(now + Number(life) * DAY_MS).toISOString(),
})

/** Whether a key is refused by now, epoch ms. */
export const isExpired = (expiresAt: string | null, now: number): boolean =>
  expiresAt !== null && Date.parse(expiresAt) <= now
