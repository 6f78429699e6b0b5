import type { PrismaClient } from '#prisma/generated/client.ts'
import { tenthsOf } from '#lib/domain/tenths.ts'
import type { NumberedCheck } from '../storage/write-job.ts'
import { CLASS_CODES, KIND_CODES, SKIP_CODES, SOURCE_CODES } from './check-codes.ts'
import type { NameKeys, NameTable } from './check-names.ts'
import { maybeLate, noteLateMinutes } from './late-minutes.ts'
import { packWithRange } from './packed-sketch.ts'
import type { Marks } from './rollup-marks.ts'

const COLUMNS = [
  'id',
  'provider',
  'at',
  'class',
  'source',
  'model',
  'latency',
  'dns',
  'connect',
  'tls',
  'first_byte',
  'http_status',
  'kind',
  'message',
  'skipped',
  'count',
  'sketch',
]

// One parameter that SQLite takes apart itself: ten times faster than a parameter for each value.
const INSERT = `
  INSERT OR IGNORE INTO checks (${COLUMNS.join(', ')})
  SELECT ${COLUMNS.map((name, place) => (name === 'sketch' ? `unhex(value->>${place})` : `value->>${place}`)).join(', ')}
  FROM json_each(?)`

const tenths = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : tenthsOf(ms))

const codeOf = <Word extends string>(codes: Record<Word, number>, word: Word | null) =>
  word === null ? null : codes[word]

const rowOf = ({ id, check }: NumberedCheck, { keyOf }: NameKeys) => [
  id,
  keyOf('provider', check.providerId),
  Math.round(check.at),
  codeOf(CLASS_CODES, check.class),
  SOURCE_CODES[check.source],
  check.model === null ? null : keyOf('model', check.model),
  tenths(check.latencyMs),
  tenths(check.phases?.dnsMs),
  tenths(check.phases?.connectMs),
  tenths(check.phases?.tlsMs),
  tenths(check.phases?.firstByteMs),
  check.httpStatus,
  codeOf(KIND_CODES, check.kind),
  check.message === null ? null : keyOf('message', check.message),
  codeOf(SKIP_CODES, check.skipped),
  check.count,
  check.latencies === null ? null : Buffer.from(packWithRange(check.latencies)).toString('hex'),
]

type Memory = { names: NameTable; marks: Marks }

/** Writes a batch of checks, all or none; those that are there already stay as they are. */
export async function writeChecks(
  client: PrismaClient,
  { names, marks }: Memory,
  batch: readonly NumberedCheck[],
) {
  const rows = (keys: NameKeys) => JSON.stringify(batch.map((check) => rowOf(check, keys)))
  const missing = names.missing(batch.map(({ check }) => check))
  const mark = (await marks.read(client)).get(0) ?? null
  const late = maybeLate(batch, mark)
  if (missing.size === 0 && late.length === 0) {
    await client.$executeRawUnsafe(INSERT, rows(names.keys(new Map())))
    return
  }
  const found = await client.$transaction(async (db) => {
    const fresh = await names.intern(db, missing)
    const keys = names.keys(fresh)
    await db.$executeRawUnsafe(INSERT, rows(keys))
    await noteLateMinutes(db, late, { mark, keys })
    return fresh
  })
  names.remember(found)
}
