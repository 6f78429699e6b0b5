import { readPart } from '#lib/domain/replay/part.ts'
import { chunkBegin } from '#lib/domain/replay/read-chunk.ts'
import type { Replayer } from '#lib/services/ports.ts'
import { replayBySteps } from '../storage/replay-by-steps.ts'
import { type RecordedHours, ReplaySession } from '../storage/replay-session.ts'
import type { MemoryTables } from './memory-tables.ts'

const HOUR_MS = 3_600_000

/** Replays what is in the tables; `mayFail` throws when it is to. */
export function memoryReplayer(tables: MemoryTables, mayFail: () => void): Replayer {
  const sessions = new Map<number, ReplaySession>()
  let lastId = 0
  const sessionOf = (id: number) => {
    mayFail()
    const session = sessions.get(id)
    if (session === undefined) throw new Error(`There is no replay ${id}.`)
    return session
  }
  return replayBySteps({
    open: (query) => {
      lastId += 1
      sessions.set(lastId, new ReplaySession(query, hoursIn(tables, query.providerId), () => undefined))
      return Promise.resolve(lastId)
    },
    step: async (id) => {
      await Promise.resolve()
      const session = sessionOf(id)
      session.step(() => false)
      return session.share
    },
    finish: async (id) => {
      await Promise.resolve()
      const session = sessionOf(id)
      sessions.delete(id)
      return session.finish()
    },
    drop: (id) => {
      sessions.delete(id)
      return Promise.resolve()
    },
  })
}

function hoursIn(tables: MemoryTables, id: string): RecordedHours {
  const chunks = [...tables.parts.values()]
    .flatMap(({ data }) => readPart(data))
    .filter(({ providerId }) => providerId === id)
    .map(({ chunk }) => chunk)
  const byHour = Map.groupBy(chunks, (chunk) => Math.floor(chunkBegin(chunk) / HOUR_MS) * HOUR_MS)
  return {
    hours: ({ from, to }) =>
      [...byHour.keys()].filter((hour) => hour >= from && hour < to).sort((a, b) => a - b),
    chunksOf: (hour) => byHour.get(hour) ?? [],
  }
}
