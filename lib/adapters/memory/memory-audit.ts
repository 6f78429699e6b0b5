import type { AuditQuery } from '#lib/services/ports.ts'
import type { AuditEntry } from '#lib/services/records.ts'

/** Whether an entry is one that is asked for, apart from its time. */
export function isAskedFor(entry: AuditEntry, query: AuditQuery): boolean {
  return (
    isAny(query.actor, [entry.actor, entry.actorId]) &&
    isAny(query.action, prefixesOf(entry.action)) &&
    isAny(query.entityType, [entry.entity?.type]) &&
    isAny(query.entityId, [entry.entity?.id]) &&
    isAny(query.outcome, [entry.outcome]) &&
    isFound(query.text, entry)
  )
}

const isAny = (asked: string | undefined, values: readonly (string | undefined)[]) =>
  asked === undefined || values.includes(asked)

/** `a.b.c` is asked for as `a`, `a.b` and `a.b.c`. */
const prefixesOf = (action: string) =>
  action.split('.').map((_, place, parts) => parts.slice(0, place + 1).join('.'))

const isFound = (text: string | undefined, entry: AuditEntry) =>
  text === undefined || wordsOf(entry).some((words) => lower(words).includes(lower(text)))

const wordsOf = ({ summary, reason, actor, actorId, action, entity, address, requestId }: AuditEntry) =>
  [summary, reason, actor, actorId, action, entity?.id, address, requestId].map((words) => words ?? '')

/** As SQLite does it: only the letters a to z. */
const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
