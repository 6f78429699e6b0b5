import { pathToFileURL } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import {
  type IsolationLevel,
  isDriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlQueryable,
  type Transaction,
} from '@prisma/driver-adapter-utils'

type Options = {
  /** How long SQLite itself waits for a lock, blocking its thread; 0: it says "busy" at once. */
  busyTimeoutMs: number
  /** Statements every connection begins with. */
  pragmas?: readonly string[]
}

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })

/**
 * A driver for the SQLite file at `path` that keeps one connection as long as it is usable. The library's own opens a
 * new one after every transaction, which loses the pragmas and costs a file handle each time; and it begins
 * transactions without the write lock, so that "busy" may come in their middle.
 */
export function sqliteAdapter(path: string, options: Options): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaLibSql({ url: pathToFileURL(path).href, timeout: options.busyTimeoutMs })

  async function open(): Promise<SqlDriverAdapter> {
    const connection = await factory.connect()
    for (const pragma of options.pragmas ?? []) await connection.queryRaw(statement(`PRAGMA ${pragma}`))
    return connection
  }

  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => oneConnection(await open(), open),
    connectToShadowDb: async () => takingScripts(await factory.connectToShadowDb()),
  }
}

/** The schema engine sends whole migrations to its shadow as one statement, of which the driver would run the first. */
const takingScripts = (inner: SqlDriverAdapter): SqlDriverAdapter => ({
  provider: inner.provider,
  adapterName: inner.adapterName,
  queryRaw: (query) => inner.queryRaw(query),
  executeRaw: async (query) => {
    if (query.args.length > 0) return inner.executeRaw(query)
    await inner.executeScript(query.sql)
    return 0
  },
  executeScript: (script) => inner.executeScript(script),
  startTransaction: (isolation) => inner.startTransaction(isolation),
  dispose: () => inner.dispose(),
})

const isBusy = (error: unknown) => isDriverAdapterError(error) && error.cause.kind === 'SocketTimeout'

function oneConnection(first: SqlDriverAdapter, open: () => Promise<SqlDriverAdapter>): SqlDriverAdapter {
  let connection = first
  let isStale = false
  let lastTurn = Promise.resolve()

  /** Resolves when nobody else uses the connection, with what gives it back. */
  async function takeTurn(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    const before = lastTurn
    lastTurn = before.then(() => promise)
    await before
    return () => resolve(undefined)
  }

  /** Runs `work` on the connection. The driver leaves a refused statement half-run, and no later one could commit. */
  async function onConnection<T>(work: (connection: SqlDriverAdapter) => Promise<T>): Promise<T> {
    if (isStale) {
      await connection.dispose()
      connection = await open()
      isStale = false
    }
    try {
      return await work(connection)
    } catch (error) {
      isStale ||= isBusy(error)
      throw error
    }
  }

  async function inTurn<T>(work: (connection: SqlDriverAdapter) => Promise<T>): Promise<T> {
    const giveBack = await takeTurn()
    try {
      return await onConnection(work)
    } finally {
      giveBack()
    }
  }

  async function startTransaction(isolation?: IsolationLevel): Promise<Transaction> {
    if (isolation !== undefined && isolation !== 'SERIALIZABLE') {
      throw new Error(`SQLite transactions are always serializable, not ${isolation}.`)
    }
    const giveBack = await takeTurn()
    try {
      await onConnection((inner) => inner.executeRaw(statement('BEGIN IMMEDIATE')))
    } catch (error) {
      giveBack()
      throw error
    }
    const queries: SqlQueryable = {
      provider: first.provider,
      adapterName: first.adapterName,
      queryRaw: (query) => onConnection((inner) => inner.queryRaw(query)),
      executeRaw: (query) => onConnection((inner) => inner.executeRaw(query)),
    }
    return transaction(queries, giveBack)
  }

  return {
    provider: first.provider,
    adapterName: first.adapterName,
    queryRaw: (query) => inTurn((inner) => inner.queryRaw(query)),
    executeRaw: (query) => inTurn((inner) => inner.executeRaw(query)),
    executeScript: (script) => inTurn((inner) => inner.executeScript(script)),
    startTransaction,
    dispose: () => inTurn((inner) => inner.dispose()),
  }
}

function transaction(queries: SqlQueryable, giveBack: () => void): Transaction {
  /** SQLite may have rolled back by itself, and then there is nothing left to do. */
  const rollBack = () => queries.executeRaw(statement('ROLLBACK')).catch(() => 0)
  return {
    ...queries,
    // Tells Prisma that beginning and ending is done here, not by statements of its own.
    options: { usePhantomQuery: true },
    commit: async () => {
      try {
        await queries.executeRaw(statement('COMMIT'))
      } catch (error) {
        await rollBack()
        throw error
      } finally {
        giveBack()
      }
    },
    rollback: async () => {
      await rollBack()
      giveBack()
    },
  }
}
