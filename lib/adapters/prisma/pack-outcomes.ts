import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import type { PrismaClient } from '#prisma/generated/client.ts'
import { joinChunks, writeBlock } from '#lib/domain/replay/block.ts'
import { ByteReader } from '#lib/domain/replay/byte-reader.ts'
import { ByteWriter } from '#lib/domain/replay/byte-writer.ts'
import { readPart } from '#lib/domain/replay/part.ts'
import { chunkBegin } from '#lib/domain/replay/read-chunk.ts'
import type { PackTask } from '../storage/write-job.ts'
import { unpackBlock } from './recorded-hours.ts'
import { say } from './worker-messages.ts'

const HOUR_MS = 3_600_000
/** What one step reads, writes or deletes: a few ms, which an entry that comes meanwhile waits for. */
const READ_STEP = 50
const PACK_STEP_BYTES = 20_000
const DELETE_STEP = 100
const FORGET_STEP = 20
/** What is gathered before it is packed, as far as an hour has more than that; at most twice as much memory is taken. */
const GATHERED_BYTES = 8_000_000

const READ = `
  SELECT id, hex(data) AS data FROM outcome_parts WHERE id > ? AND "to" < ? ORDER BY id LIMIT ${READ_STEP}`

const DELETE = `
  DELETE FROM outcome_parts WHERE id IN (
    SELECT id FROM outcome_parts WHERE id <= ? ORDER BY id LIMIT ${DELETE_STEP})`

const FORGET = `
  DELETE FROM outcome_blocks WHERE (provider, hour) IN (
    SELECT provider, hour FROM outcome_blocks WHERE hour < ? LIMIT ${FORGET_STEP})`

const NAME = `
  INSERT INTO check_names (type, name) VALUES ('provider', ?)
  ON CONFLICT (type, name) DO UPDATE SET name = excluded.name RETURNING id`

const FIND = 'SELECT hex(data) AS data, last_part FROM outcome_blocks WHERE provider = ? AND hour = ?'

const UPSERT = `
  INSERT INTO outcome_blocks (provider, hour, outcomes, approximate, last_part, data)
  VALUES (?, ?, ?, ?, ?, unhex(?))
  ON CONFLICT (provider, hour) DO UPDATE SET outcomes = excluded.outcomes, approximate = excluded.approximate,
    last_part = excluded.last_part, data = excluded.data`

type Held = { data: string; last_part: number | bigint }
/** Chunks of one provider and hour, each behind the number of its part: as bytes, since an hour may have a million. */
type Pile = { providerId: string; hour: number; chunks: ByteWriter }
type Phase = 'gather' | 'pack' | 'delete'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))
const deflated = promisify(deflateRaw)

/** What `read` makes of stored bytes; null, with a warning, for bytes that are damaged: they must not stop the others. */
function readable<Value>(what: string, read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    say({ type: 'warning', message: `Of ${what} something cannot be read (${reason}): left out.` })
    return null
  }
}

/** The chunks of a pile that come from parts after this one. */
function chunksAfter(part: number, pile: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(pile)
  const chunks: Uint8Array[] = []
  while (!reader.isAtEnd) {
    const isAfter = reader.number() > part
    const chunk = reader.block()
    if (isAfter) chunks.push(chunk)
  }
  return chunks
}

/**
 * Moves recorded outcomes of hours that are over from parts of all providers into a block for each provider and
 * hour, step by step: gather, pack, delete. What it has gathered it remembers; should it be lost, it is gathered again.
 */
export function createPacker(client: PrismaClient) {
  const piles = new Map<string, Pile>()
  let phase: Phase = 'gather'
  let lastPart = 0
  let gathered = 0

  async function gather({ now }: PackTask): Promise<boolean> {
    const hourBegin = Math.floor(now / HOUR_MS) * HOUR_MS
    const rows = await client.$queryRawUnsafe<{ id: number | bigint; data: string }[]>(
      READ,
      lastPart,
      hourBegin,
    )
    for (const { id, data } of rows) {
      lastPart = Number(id)
      const sections = readable(`part ${lastPart} of the recorded outcomes`, () => readPart(bytesOf(data)))
      for (const { providerId, chunk } of sections ?? []) put(providerId, chunk)
    }
    if (rows.length < READ_STEP || gathered >= GATHERED_BYTES) phase = 'pack'
    return rows.length > 0 || piles.size > 0
  }

  function put(providerId: string, chunk: Uint8Array): void {
    const hour = Math.floor(chunkBegin(chunk) / HOUR_MS) * HOUR_MS
    const key = `${hour} ${providerId}`
    const pile = piles.get(key) ?? { providerId, hour, chunks: new ByteWriter() }
    piles.set(key, pile)
    const before = pile.chunks.length
    pile.chunks.number(lastPart)
    pile.chunks.block(chunk)
    gathered += pile.chunks.length - before
  }

  async function pack(): Promise<boolean> {
    let bytes = 0
    for (const [key, pile] of piles) {
      if (bytes > 0 && bytes + pile.chunks.length > PACK_STEP_BYTES) return true
      bytes += pile.chunks.length
      await packPile(pile)
      piles.delete(key)
    }
    phase = 'delete'
    return true
  }

  async function packPile({ providerId, hour, chunks }: Pile): Promise<void> {
    const [name] = await client.$queryRawUnsafe<{ id: number | bigint }[]>(NAME, providerId)
    const provider = Number(name?.id)
    const [held] = await client.$queryRawUnsafe<Held[]>(FIND, provider, hour)
    const fresh = chunksAfter(Number(held?.last_part ?? 0), chunks.bytes())
    if (fresh.length === 0) return
    const what = `the outcomes of ${providerId} of ${new Date(hour).toISOString()}`
    const before = held === undefined ? [] : (readable(what, () => unpackBlock(bytesOf(held.data))) ?? [])
    const block = readable(what, () => joinChunks([...before, ...fresh]))
    if (block === null) return
    const data = (await deflated(writeBlock(block.chunks))).toString('hex')
    await client.$executeRawUnsafe(UPSERT, provider, hour, block.outcomes, block.approximate, lastPart, data)
  }

  async function remove(): Promise<boolean> {
    if ((await client.$executeRawUnsafe(DELETE, lastPart)) === DELETE_STEP) return true
    phase = 'gather'
    gathered = 0
    return true
  }

  return {
    /** Takes one step; whether there may be more. */
    step: async (task: PackTask): Promise<boolean> => {
      if (phase === 'pack') return pack()
      if (phase === 'delete') return remove()
      if (await gather(task)) return true
      phase = 'gather'
      return (await client.$executeRawUnsafe(FORGET, Math.floor(task.keptFrom))) === FORGET_STEP
    },
  }
}
