import { z } from 'zod'
import { AUDIT_OUTCOMES, ENTITY_TYPES, type Entity } from '#lib/domain/audit.ts'

/** One entry of the audit: who did or tried what, and its place in the chain. */
export const auditEntrySchema = z.object({
  /** 1 for the first, and no gaps. */
  number: z.int(),
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  actorId: z.string(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  action: z.string(),
  entity: z.object({ type: z.enum(ENTITY_TYPES), id: z.string() }).nullable(),
  providerId: z.string().nullable(),
  model: z.string().nullable(),
  outcome: z.enum(AUDIT_OUTCOMES),
  summary: z.string(),
  reason: z.string().nullable(),
  /** What was before and after, without secrets; of whatever shape the entity has. */
  before: z.json(),
  after: z.json(),
  previousHash: z.string(),
  hash: z.string(),
})
export type AuditEntryView = z.infer<typeof auditEntrySchema>

/** What an entry is about, as a filter has it: `provider`, or `provider:openai-prod`. */
export const entityFilterSchema = z
  .string()
  .max(300)
  .transform((text): { type: string; id?: string | undefined } => {
    const [type = '', ...id] = text.split(':')
    return id.length === 0 ? { type } : { type, id: id.join(':') }
  })
  .pipe(
    z.object({
      type: z.enum(ENTITY_TYPES, `one of ${ENTITY_TYPES.join(', ')}, alone or with a colon and an id`),
      id: z.string().optional(),
    }),
  )

/** An entity as the filter writes it. */
export const entityText = ({ type, id }: Entity): string => `${type}:${id}`
