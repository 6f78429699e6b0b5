import type { AuditEntryView } from '#lib/contract/audit.ts'

type Json = AuditEntryView['before']

/** One field that differs. `before` or `after` null: it was not there. */
export type DiffLine = { path: string; before: string | null; after: string | null }

export type AuditDiff = {
  /** Whether something was changed, made, or taken away; or nothing was told. */
  kind: 'changed' | 'made' | 'gone' | 'none'
  lines: DiffLine[]
  /** How many more fields differ than are shown. */
  more: number
}

const MOST_LINES = 200

/** What differs between two values, field by field, in the order of what is after. */
export function auditDiff(before: Json, after: Json): AuditDiff {
  const [was, is] = [fieldsOf(before), fieldsOf(after)]
  const paths = [...new Set([...is.keys(), ...was.keys()])].filter((path) => was.get(path) !== is.get(path))
  const lines = paths.map((path) => ({
    path,
    before: was.get(path) ?? null,
    after: is.get(path) ?? null,
  }))
  return {
    kind: kindOf(before, after),
    lines: lines.slice(0, MOST_LINES),
    more: Math.max(0, lines.length - MOST_LINES),
  }
}

function kindOf(before: Json, after: Json): AuditDiff['kind'] {
  if (before === null) return after === null ? 'none' : 'made'
  return after === null ? 'gone' : 'changed'
}

/** Every value by its path, `probe.path`, `models.0.name`; null is as good as nothing. Lists of plain values are one. */
function fieldsOf(value: Json, path = ''): Map<string, string> {
  if (value === null) return new Map()
  if (typeof value !== 'object') return new Map([[path, String(value)]])
  const entries = Object.entries(value)
  if (entries.length === 0) return new Map([[path, 'none']])
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null))
    return new Map([[path, value.join(', ')]])
  return new Map(
    entries.flatMap(([name, held]) => [...fieldsOf(held, path === '' ? name : `${path}.${name}`)]),
  )
}
