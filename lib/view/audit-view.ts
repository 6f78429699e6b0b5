import type { AuditEntryView } from '#lib/contract/audit.ts'
import type { AuditOutcome, EntityType } from '#lib/domain/audit.ts'
import { capitalise } from './format.ts'

/** What entries can be about, as the page names it. */
export const ENTITY_WORDS: Readonly<Record<EntityType, string>> = {
  provider: 'Provider',
  circuit: 'Circuit',
  settings: 'Settings',
  route: 'Route',
  'client-key': 'Gateway key',
  database: 'Database',
  marker: 'Marker',
  user: 'User',
  session: 'Session',
  'api-key': 'API key',
  call: 'Call',
  'alert-rule': 'Alert rule',
  channel: 'Channel',
  silence: 'Silence',
  incident: 'Incident',
}

/** How it ended, and the sign for it. */
export const OUTCOMES: Readonly<
  Record<AuditOutcome, { words: string; icon: 'closed' | 'override' | 'unhealthy' }>
> = {
  done: { words: 'Done', icon: 'closed' },
  refused: { words: 'Refused', icon: 'override' },
  failed: { words: 'Failed', icon: 'unhealthy' },
}

/** An entry as a line of the list. */
export type AuditLine = {
  number: number
  at: string
  outcome: (typeof OUTCOMES)[AuditOutcome]
  actor: string
  action: string
  /** What it is about; empty for nothing of its own. */
  about: string
  summary: string
  reason: string | null
}

/** An entry in a line; providers by their names. */
export const auditLine = (entry: AuditEntryView, nameOf: (providerId: string) => string): AuditLine => ({
  number: entry.number,
  at: entry.at,
  outcome: OUTCOMES[entry.outcome],
  actor: entry.actor,
  action: entry.action,
  about: aboutWords(entry, nameOf),
  summary: capitalise(entry.summary),
  reason: entry.reason,
})

/** What an entry is about: `Circuit OpenAI production, gpt-4o`, `Route chat`. */
export function aboutWords(
  { entity, providerId, model }: Pick<AuditEntryView, 'entity' | 'providerId' | 'model'>,
  nameOf: (providerId: string) => string,
): string {
  if (entity === null) return ''
  const word = ENTITY_WORDS[entity.type]
  if (providerId === null || (entity.type !== 'provider' && entity.type !== 'circuit'))
    return entity.id === '' ? word : `${word} ${entity.id}`
  return `${word} ${nameOf(providerId)}${model === null ? '' : `, ${model}`}`
}

/** How long before and after an entry the charts are shown. */
const BEFORE_MS = 45 * 60_000
const AFTER_MS = 15 * 60_000

/** The provider's page at the time of an entry that concerns it; null where it concerns none. */
export function chartHref({ providerId, at }: Pick<AuditEntryView, 'providerId' | 'at'>): string | null {
  if (providerId === null) return null
  const ms = Date.parse(at)
  const [from, to] = [ms - BEFORE_MS, ms + AFTER_MS].map((moment) => new Date(moment).toISOString())
  return `/providers/${encodeURIComponent(providerId)}?from=${from}&to=${to}`
}

/** Choices for the filter by action: the kinds there are, and what is chosen or shown beyond them. */
export function actionKinds(shown: readonly string[], chosen: string | null): string[] {
  const kinds = [...KINDS, ...shown.map((action) => action.split('.', 1).join(''))]
  return [...new Set([...kinds, ...(chosen === null ? [] : [chosen])])].sort()
}

const KINDS = [
  'circuit',
  'provider',
  'settings',
  'route',
  'client-key',
  'alert-rule',
  'channel',
  'silence',
  'incident',
  'delivery',
  'data',
  'marker',
  'sign-in',
  'call',
]
