import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  watch,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { NOON } from '../storage/test-records.ts'
import { migrateDatabase } from './migrate-database.ts'
import { migrationNames } from './migration-names.ts'
import { testDatabases } from './test-database.ts'
import { otherProcess } from './test-process.ts'

const MIGRATIONS = join(process.cwd(), 'prisma/migrations')
/** The schema as it was released first and second: what is migrated from. */
const RELEASED = migrationNames(MIGRATIONS).slice(0, 2)
const ROWS = 20_000

const databases = testDatabases()
const processes: { kill: () => Promise<void> }[] = []
afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill()
  await databases.closeAll()
})
afterAll(() => databases.remove())

const quoted = (text: string) => JSON.stringify(text)

function folderOf(name: string, migrations: readonly string[]) {
  const folder = join(databases.folder, name)
  mkdirSync(folder, { recursive: true })
  for (const part of [...migrations, 'migration_lock.toml'])
    cpSync(join(MIGRATIONS, part), join(folder, part), { recursive: true })
  return folder
}

let base: Promise<string> | null = null

/** Made once: the engine can be loaded once in a thread. */
async function makeBase() {
  const path = join(databases.folder, 'base-of-old.db')
  await migrateDatabase(path, folderOf('released', RELEASED))
  const database = new DatabaseSync(path)
  database.exec(`
    INSERT INTO check_names (id, type, name) VALUES (1, 'provider', 'acme');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
      INSERT INTO checks (id, provider, at, class, source, latency)
      SELECT i, 1, ${NOON} + i, i % 3, 0, 1000 + i FROM n;
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
      INSERT INTO transitions SELECT printf('t%05d', i), 'acme', NULL, ${NOON} + i, 'closed', 'open', 'failure_rate',
        '{"calls":8,"failures":5,"slow":0,"consecutiveFailures":5,"lastErrors":[]}', 'switchyard', NULL, i, NULL FROM n;
  `)
  database.close()
  return path
}

/** A database as the program before left it, with data generated into its tables. */
async function oldDatabase(name: string) {
  const path = join(databases.folder, `${name}.db`)
  copyFileSync(await (base ??= makeBase()), path)
  return path
}

/** The migrations that there are, and after them one that takes long and many steps. */
function slowMigrations() {
  const folder = folderOf('slow', migrationNames(MIGRATIONS))
  const last = join(folder, '29990101000000_slow')
  mkdirSync(last, { recursive: true })
  const tables = Array.from(
    { length: 40 },
    (_, i) => `CREATE TABLE extra_${i} AS SELECT id, at, latency FROM checks;
      ALTER TABLE transitions ADD COLUMN extra_${i} TEXT;`,
  )
  writeFileSync(join(last, 'migration.sql'), tables.join('\n'))
  return folder
}

/** What must never be lost, read as somebody would who comes upon the files. */
function contentsOf(path: string) {
  const database = new DatabaseSync(path)
  const one = (sql: string) => Object.values(database.prepare(sql).get() ?? {})[0]
  const contents = {
    check: one('PRAGMA quick_check'),
    rows: one('SELECT count(*) FROM checks'),
    sum: one('SELECT sum(id * latency) FROM checks'),
    transitions: one('SELECT count(*) FROM transitions'),
    // All of a migration, or nothing of it.
    extra: one(`SELECT count(*) FROM sqlite_schema WHERE name LIKE 'extra_%'`),
    columns: one(`SELECT count(*) FROM pragma_table_info('transitions') WHERE name LIKE 'extra_%'`),
    unfinished: one('SELECT count(*) FROM _prisma_migrations WHERE finished_at IS NULL'),
  }
  database.close()
  return contents
}

/** Another process that opens the database and says so. */
const opener = (path: string, migrationsDir: string) =>
  otherProcess(`
    import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
    const { journal, reader } = await openStorage({ url: ${quoted(path)}, migrationsDir: ${quoted(migrationsDir)} })
    console.log('open')
    await journal.close(5_000)
    await reader.close()
  `)

/** Starts a process on the database and kills it at the `step`th change in its folder; false: it was ready before. */
async function killAtStep(path: string, migrationsDir: string, step: number): Promise<boolean> {
  const folder = join(path, '..')
  let seen = 0
  let isOpen = false
  const killed = Promise.withResolvers<undefined>()
  const watcher = watch(folder, (_, name) => {
    if (name?.startsWith(`${path.slice(folder.length + 1)}-upgrading`) !== true) return
    seen += 1
    if (seen === step) void child.kill().then(() => killed.resolve(undefined))
  })
  const child = opener(path, migrationsDir)
  processes.push(child)
  const open = child.line().then(
    () => (isOpen = true),
    () => undefined,
  )
  await Promise.race([killed.promise, open])
  watcher.close()
  await child.kill()
  return !isOpen
}

describe('an upgrade killed with kill -9', () => {
  it(
    'leaves the old database or the new one at every moment, and the next start finishes',
    { timeout: 300_000 },
    async () => {
      const original = await oldDatabase('original')
      const before = contentsOf(original)
      expect(before).toMatchObject({ check: 'ok', rows: ROWS, transitions: 500, extra: 0 })
      const migrations = slowMigrations()
      const after = { ...before, extra: 40, columns: 40 }
      const path = join(databases.folder, 'killed', 'killed.db')
      mkdirSync(join(path, '..'))
      copyFileSync(original, path)

      let halfway = 0
      // The steps lie closer at the begin, where the copy is made.
      for (let step = 1; step < 4_000; step = Math.ceil(step * 1.7)) {
        const wasKilled = await killAtStep(path, migrations, step)
        if (existsSync(`${path}-upgrading`)) halfway += 1
        const found = contentsOf(path)
        expect([before, after]).toContainEqual(found)
        if (!wasKilled || found.extra === 40) break
      }
      expect(halfway, 'kills that left a copy half-done').toBeGreaterThan(3)

      const last = opener(path, migrations)
      processes.push(last)
      expect(await last.line()).toBe('open')
      await last.kill()
      expect(contentsOf(path)).toEqual(after)
      expect(contentsOf(`${path}-before-upgrade`)).toEqual(before)
      const names = readdirSync(join(path, '..')).filter(
        (name) => !/-(wal|shm|lock|lock-journal|before-upgrade)$/.test(name),
      )
      expect(names, 'nothing is left lying about').toEqual(['killed.db'])
    },
  )

  it('does no harm to a database that is just being made', async () => {
    const path = join(databases.folder, 'new', 'new.db')
    mkdirSync(join(path, '..'))
    for (const step of [1, 3, 9, 27]) await killAtStep(path, slowMigrations(), step)
    const last = opener(path, slowMigrations())
    processes.push(last)
    expect(await last.line()).toBe('open')
    await last.kill()
    expect(contentsOf(path)).toMatchObject({ check: 'ok', extra: 40, columns: 40, unfinished: 0 })
    expect(existsSync(`${path}-before-upgrade`)).toBe(false)
  })
})

describe('an upgrade', () => {
  it('is refused while another program has the database open, and changes nothing', async () => {
    const path = await oldDatabase('watched')
    const before = contentsOf(path)
    const other = otherProcess(`
      import { DatabaseSync } from 'node:sqlite'
      const database = new DatabaseSync(${quoted(path)})
      database.prepare('SELECT count(*) FROM checks').get()
      console.log('reading')
      process.stdin.resume()
    `)
    processes.push(other)
    await other.line()
    await expect(databases.open(path)).rejects.toThrow('is open in another program: close that one')
    await other.kill()
    expect(contentsOf(path)).toEqual(before)
    await databases.open(path)
    await databases.closeAll()
    expect(contentsOf(path)).toEqual(before)
  })

  it('that fails leaves the old database as it was, to be used by the old program', async () => {
    const path = await oldDatabase('failing')
    const before = contentsOf(path)
    const migrations = folderOf('failing-migrations', RELEASED)
    mkdirSync(join(migrations, '29990101000000_bad'))
    writeFileSync(
      join(migrations, '29990101000000_bad/migration.sql'),
      'ALTER TABLE transitions ADD COLUMN extra_1 TEXT; ALTER TABLE nowhere ADD COLUMN a TEXT;',
    )
    await expect(databases.open(path, { migrationsDir: migrations })).rejects.toThrow(
      'cannot be brought up to date',
    )
    expect(contentsOf(path)).toEqual(before)
  })

  it('takes what a crash left in the log along', async () => {
    const path = await oldDatabase('crashed')
    const writer = otherProcess(`
      import { DatabaseSync } from 'node:sqlite'
      const database = new DatabaseSync(${quoted(path)})
      database.exec('PRAGMA wal_autocheckpoint = 0; INSERT INTO checks (provider, at, source) VALUES (1, 1, 0)')
      console.log('written')
      process.stdin.resume()
    `)
    processes.push(writer)
    await writer.line()
    await writer.kill()
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0)
    await databases.open(path)
    await databases.closeAll()
    expect(contentsOf(path)).toMatchObject({ check: 'ok', rows: ROWS + 1 })
  })

  it('is not done twice: the next start finds nothing to do, and sets a copied file to WAL again', async () => {
    const path = await databases.fresh()
    const database = new DatabaseSync(path)
    database.exec('PRAGMA journal_mode = DELETE')
    database.close()
    writeFileSync(`${path}-upgrading`, 'left by somebody')
    await databases.open(path)
    await databases.closeAll()
    expect(existsSync(`${path}-upgrading`)).toBe(false)
    expect(existsSync(`${path}-before-upgrade`)).toBe(false)
    const again = new DatabaseSync(path)
    expect(again.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    again.close()
  })
})
