import { PrismaClient } from '#prisma/generated/client.ts'
import { sqliteAdapter } from './sqlite-adapter.ts'

/** A client, or the same inside a transaction. */
export type Db = Pick<
  PrismaClient,
  | 'provider'
  | 'circuit'
  | 'healthAverage'
  | 'transition'
  | 'circuitEvent'
  | 'auditEntry'
  | 'marker'
  | 'settingsVersion'
  | 'route'
  | 'clientKey'
  | 'apiKey'
  | 'alertRule'
  | 'channel'
  | 'silence'
  | 'decision'
  | 'decisionCount'
  | '$queryRawUnsafe'
  | '$executeRawUnsafe'
>

/**
 * The connection that writes. "Busy" comes back at once, to be retried by the journal; every commit reaches the disk,
 * so that a commit answered is there after a power failure too. It carries the log over into the database itself only
 * when the thread that is there for it has not done so for long.
 */
export const openForWriting = (path: string): PrismaClient =>
  new PrismaClient({
    adapter: sqliteAdapter(path, {
      busyTimeoutMs: 0,
      pragmas: ['synchronous = FULL', 'cache_size = -16000', 'wal_autocheckpoint = 4000'],
    }),
    transactionOptions: { maxWait: 30_000, timeout: 30_000 },
  })

/** A connection that only reads; it may wait a little, on its own thread. */
export const openForReading = (path: string): PrismaClient =>
  new PrismaClient({
    adapter: sqliteAdapter(path, {
      busyTimeoutMs: 2_000,
      pragmas: ['query_only = ON', 'cache_size = -16000'],
    }),
  })
