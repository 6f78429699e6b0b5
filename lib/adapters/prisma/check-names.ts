import type { CheckRecord } from '#lib/services/records.ts'
import type { Db } from './client.ts'

const HOUR_MS = 3_600_000
/** Messages remembered by the writer; beyond it they are looked up again. */
const MOST_MESSAGES = 10_000

export type NameType = 'provider' | 'model' | 'message'

/** The keys of names, as far as they are known. */
export type NameKeys = { keyOf: (type: NameType, name: string) => number }

type Known = { key: number; lastUsedAt: number }
type Wanted = { type: NameType; name: string; lastUsedAt: number }
type Found = { id: number | bigint; type: NameType; name: string }

const INTERN = `
  INSERT INTO check_names (type, name, last_used_at)
  SELECT value->>'type', value->>'name', value->>'lastUsedAt' FROM json_each(?) WHERE true
  ON CONFLICT (type, name) DO UPDATE SET last_used_at = max(last_used_at, excluded.last_used_at)
  RETURNING id, type, name`

/** The name as SQLite gives it back: without what cannot be kept as text. */
const keepable = (name: string) => name.toWellFormed().replaceAll('\0', '')

/** The names of a batch: messages with the hour they were used in, the others without. */
function* namesIn({ providerId, model, message, at }: CheckRecord): Generator<Wanted> {
  const hour = Math.floor(at / HOUR_MS) * HOUR_MS
  yield { type: 'provider', name: keepable(providerId), lastUsedAt: 0 }
  if (model !== null) yield { type: 'model', name: keepable(model), lastUsedAt: 0 }
  if (message !== null) yield { type: 'message', name: keepable(message), lastUsedAt: hour }
}

/** The writer's memory of which key stands for which provider id, model name and message. */
export function createNameTable() {
  const known = new Map<string, Known>()
  const place = (type: NameType, name: string) => `${type} ${name}`

  function missing(checks: readonly CheckRecord[]): Map<string, Wanted> {
    const wanted = new Map<string, Wanted>()
    for (const check of checks) {
      for (const name of namesIn(check)) {
        const at = place(name.type, name.name)
        const newest = (wanted.get(at) ?? known.get(at))?.lastUsedAt ?? -1
        if (name.lastUsedAt > newest) wanted.set(at, name)
      }
    }
    return wanted
  }

  return {
    /** The names of these checks that are not known, or not known to have been used so lately. */
    missing,
    /** Gives keys to the names. They may be used at once, but `remember` them only when they are on disk. */
    intern: async (db: Db, wanted: ReadonlyMap<string, Wanted>): Promise<Map<string, Known>> => {
      const rows = await db.$queryRawUnsafe<Found[]>(INTERN, JSON.stringify([...wanted.values()]))
      return new Map(
        rows.map(({ id, type, name }) => {
          const at = place(type, name)
          return [at, { key: Number(id), lastUsedAt: wanted.get(at)?.lastUsedAt ?? 0 }]
        }),
      )
    },
    remember: (found: ReadonlyMap<string, Known>) => {
      if (known.size > MOST_MESSAGES) known.clear()
      for (const [at, entry] of found) known.set(at, entry)
    },
    /** Keys from memory, `fresh` ones first. */
    keys: (fresh: ReadonlyMap<string, Known>): NameKeys => ({
      keyOf: (type, name) => {
        const at = place(type, keepable(name))
        const entry = fresh.get(at) ?? known.get(at)
        if (entry === undefined) throw new Error(`The ${type} "${name}" has no key yet.`)
        return entry.key
      },
    }),
    forget: () => known.clear(),
  }
}

export type NameTable = ReturnType<typeof createNameTable>
