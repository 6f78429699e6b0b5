import type { Author } from './access/author.ts'

/** How what was tried ended: it was done, it was not allowed, or it went wrong. */
export const AUDIT_OUTCOMES = ['done', 'refused', 'failed'] as const
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number]

/** What the fleet is made of: what is done to these is told by feeds and charts too. */
export const FLEET_ENTITY_TYPES = [
  'provider',
  'circuit',
  'settings',
  'route',
  'client-key',
  'database',
] as const
/** What else an entry may be about. */
export const OTHER_ENTITY_TYPES = [
  'marker',
  'user',
  'session',
  'api-key',
  'call',
  'alert-rule',
  'channel',
  'silence',
  'incident',
] as const
export const ENTITY_TYPES = [...FLEET_ENTITY_TYPES, ...OTHER_ENTITY_TYPES] as const
export type EntityType = (typeof ENTITY_TYPES)[number]

/** What an entry is about. */
export type Entity = { type: EntityType; id: string }

/** Somebody did something, or tried to. `before` and `after` hold no secrets. */
export type AuditRecord = Author & {
  /** Unique, and sorts by time. */
  id: string
  at: number
  /** What, as `thing.verb`: `circuit.force`, `sign-in.done`. */
  action: string
  entity: Entity | null
  /** The provider that it concerns, and the model where it is one model's circuit: where charts show it. */
  providerId: string | null
  model: string | null
  outcome: AuditOutcome
  summary: string
  reason: string | null
  before: unknown
  after: unknown
}

/** Whether feeds and charts tell of it: something was done to the fleet. */
export const concernsFleet = ({ entity, outcome }: Pick<AuditRecord, 'entity' | 'outcome'>): boolean =>
  outcome === 'done' && entity !== null && (FLEET_ENTITY_TYPES as readonly EntityType[]).includes(entity.type)
