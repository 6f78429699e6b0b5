import { inflateRawSync } from 'node:zlib'
import type { Database } from 'libsql'
import { readBlock } from '#lib/domain/replay/block.ts'
import { readPart, type Section } from '#lib/domain/replay/part.ts'
import { chunkBegin } from '#lib/domain/replay/read-chunk.ts'
import type { RecordedHours } from '../storage/replay-session.ts'

const HOUR_MS = 3_600_000

const PROVIDER = `(SELECT id FROM check_names WHERE type = 'provider' AND name = ?)`

type Recent = { id: number; section: Section; hour: number }

/** What was recorded, in blocks and in the parts that are not in blocks yet. Parts are read once, however many providers are asked for. */
export function recordedHours(database: Database): { of: (providerId: string) => RecordedHours } {
  const blockHours = database.prepare(
    `SELECT hour, last_part FROM outcome_blocks WHERE provider = ${PROVIDER} AND hour >= ? AND hour < ?`,
  )
  const block = database.prepare(`SELECT data FROM outcome_blocks WHERE provider = ${PROVIDER} AND hour = ?`)
  const partIds = database.prepare('SELECT id FROM outcome_parts ORDER BY id')
  const part = database.prepare('SELECT data FROM outcome_parts WHERE id = ?')
  let known = new Map<number, Recent[]>()

  function recentOf(id: number): Recent[] {
    const data = dataOf(part.get(id))
    if (data === null) return []
    return readPart(data).map((section) => ({
      id,
      section,
      hour: Math.floor(chunkBegin(section.chunk) / HOUR_MS) * HOUR_MS,
    }))
  }

  function recent(): Recent[] {
    const ids = (partIds.all() as { id: number }[]).map(({ id }) => id)
    known = new Map(ids.map((id) => [id, known.get(id) ?? recentOf(id)]))
    return [...known.values()].flat()
  }

  return {
    of: (providerId) => {
      const mine = recent().filter(({ section }) => section.providerId === providerId)
      const lastParts = new Map<number, number>()
      return {
        hours: ({ from, to }) => {
          const blocks = blockHours.all(providerId, from, to) as { hour: number; last_part: number }[]
          for (const row of blocks) lastParts.set(row.hour, row.last_part)
          const ofParts = mine.map(({ hour }) => hour).filter((hour) => hour >= from && hour < to)
          return [...new Set([...lastParts.keys(), ...ofParts])].sort((a, b) => a - b)
        },
        chunksOf: (hour) => {
          const data = dataOf(block.get(providerId, hour))
          const packed = data === null ? [] : unpackBlock(data)
          const lastPart = lastParts.get(hour) ?? 0
          const loose = mine.filter((one) => one.hour === hour && one.id > lastPart)
          return [...packed, ...loose.map(({ section }) => section.chunk)]
        },
      }
    },
  }
}

const dataOf = (row: unknown): Uint8Array | null => (row as { data: Uint8Array } | undefined)?.data ?? null

/** The chunks of a block as it is on disk. */
export const unpackBlock = (data: Uint8Array): Uint8Array[] => readBlock(inflateRawSync(data))
