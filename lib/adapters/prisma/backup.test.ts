import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { STORED_PARTS } from '#lib/contract/data.ts'
import { audit, check, entry, marker, NOON, provider, transition } from '../storage/test-records.ts'
import { backUpDatabase } from './back-up-database.ts'
import { restoreDatabase } from './restore-database.ts'
import { testDatabases } from './test-database.ts'
import { otherProcess } from './test-process.ts'

const migrationsDir = join(process.cwd(), 'prisma/migrations')
const SOON = { timeout: 25_000, interval: 5 }

const databases = testDatabases()
const processes: { kill: () => Promise<void> }[] = []
afterEach(async () => {
  for (const process of processes.splice(0)) await process.kill()
  await databases.closeAll()
})
afterAll(() => databases.remove())

const here = (name: string) => join(databases.folder, name)
const restore = (backup: string, path: string) => restoreDatabase({ backup, path, migrationsDir, now: NOON })

function change(path: string, ...statements: string[]) {
  const database = new DatabaseSync(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

function ask(path: string, sql: string) {
  const database = new DatabaseSync(path, { readOnly: true })
  const answer = database.prepare(sql).get()
  database.close()
  return Object.values(answer ?? {})
}

/** A database whose providers are these. */
async function databaseOf(...ids: string[]) {
  const path = await databases.fresh()
  const { journal } = await databases.open(path)
  await journal.commit(entry({ providersSaved: ids.map((id) => provider(id)) }))
  await databases.closeAll()
  return path
}

/** Makes a database so large that copying it takes a while. */
const fillChecks = (path: string) =>
  change(
    path,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
     INSERT INTO checks (provider, at, source) SELECT 1, i, 0 FROM n`,
  )

const providersOf = (path: string) => ask(path, `SELECT group_concat(id) FROM providers`)[0]

describe('a backup', () => {
  it('made while another process writes is one moment of it, and can be started from', async () => {
    const path = await databases.fresh()
    const writer = otherProcess(`
      import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
      import { entry, transition, storedCircuit, provider, NOON } from '#lib/adapters/storage/test-records.ts'
      const { journal } = await openStorage({ url: ${JSON.stringify(path)} })
      await journal.commit(entry({ providersSaved: [provider('acme')] }))
      for (let number = 1; ; number += 1) {
        await journal.commit(entry({
          transitions: [transition('t' + String(number).padStart(6, '0'), { at: NOON + number })],
          circuits: [storedCircuit('acme', null, { generation: number })],
        }))
        console.log(number)
      }
    `)
    processes.push(writer)
    let answered = 0
    writer.onLine((line) => (answered = Number(line)))
    await expect.poll(() => answered, SOON).toBeGreaterThan(20)
    const before = answered
    const to = here('while-writing.db')
    const { bytes } = backUpDatabase(path, to)
    expect(bytes).toBe(readFileSync(to).length)
    await expect.poll(() => answered, SOON).toBeGreaterThan(before + 5)
    const { restored } = await databases.open(to)
    const generation = restored.circuits[0]?.circuit.generation ?? 0
    expect(generation).toBeGreaterThanOrEqual(before)
    await databases.closeAll()
    // The state and its record are of the same transaction.
    expect(ask(to, 'SELECT count(*) FROM transitions')).toEqual([generation])
  })

  it('killed with kill -9 leaves no file under the name that was asked for', async () => {
    const path = await databaseOf('acme')
    fillChecks(path)
    const to = here('killed-backups/backup.db')
    let halfway = 0
    for (let waits = 0; waits < 12; waits += 1) {
      const backing = otherProcess(`
        import { backUpDatabase } from '#lib/adapters/prisma/back-up-database.ts'
        console.log('begins')
        setImmediate(() => backUpDatabase(${JSON.stringify(path)}, ${JSON.stringify(to)}))
      `)
      processes.push(backing)
      await backing.line()
      // Each round looks at the folder more often before it kills.
      for (let look = 0; look < waits * 40; look += 1) readdirSync(databases.folder)
      await backing.kill()
      if (existsSync(`${to}-unfinished`)) halfway += 1
      if (!existsSync(to)) continue
      expect(ask(to, 'PRAGMA quick_check')).toEqual(['ok'])
      expect(ask(to, 'SELECT count(*) FROM checks')).toEqual([60_000])
      rmSync(to)
    }
    expect(halfway, 'kills that left something unfinished').toBeGreaterThan(0)
    rmSync(to, { force: true })
    backUpDatabase(path, to)
    expect(readdirSync(here('killed-backups'))).toEqual(['backup.db'])
  })

  it('refuses a file that is there, a database that is not, and leaves nothing of one that fails', async () => {
    const path = await databaseOf('acme')
    const taken = here('taken.db')
    writeFileSync(taken, 'mine')
    expect(() => backUpDatabase(path, taken)).toThrow('is there already: name a new one')
    expect(readFileSync(taken, 'utf8')).toBe('mine')
    expect(() => backUpDatabase(here('nobody.db'), here('b.db'))).toThrow('There is no database')
    const damaged = here('damaged-source.db')
    copyFileSync(path, damaged)
    truncateSync(damaged, 20_000)
    expect(() => backUpDatabase(damaged, here('folder/b.db'))).toThrow('cannot be backed up')
    expect(readdirSync(here('folder'))).toEqual([])
  })
})

describe('a restore', () => {
  it('puts the backup in place, keeps what was there, and starts', async () => {
    const path = await databaseOf('acme')
    const backup = here('good.db')
    backUpDatabase(path, backup)
    const { journal } = await databases.open(path)
    await journal.commit(entry({ providersDeleted: ['acme'], providersSaved: [provider('other')] }))
    await databases.closeAll()

    const { aside } = restore(backup, path)
    expect(providersOf(path)).toBe('acme')
    expect(aside).toBe(`${path}-before-restore-2026-01-31T120000Z`)
    expect(providersOf(aside ?? '')).toBe('other')
    expect(existsSync(`${path}-restoring`)).toBe(false)
    const { restored } = await databases.open(path)
    expect(restored.providers).toEqual([provider('acme')])
    expect(providersOf(backup), 'the backup stays').toBe('acme')
  })

  it('is refused while a Switchyard runs on the database', async () => {
    const path = await databaseOf('acme')
    const backup = here('running.db')
    backUpDatabase(path, backup)
    await databases.open(path)
    expect(() => restore(backup, path)).toThrow('in use by another Switchyard process')
  })

  it('is refused while another program has the database open', async () => {
    const path = await databaseOf('acme')
    const backup = here('open.db')
    backUpDatabase(path, backup)
    const other = new DatabaseSync(path)
    other.prepare('SELECT count(*) FROM providers').get()
    expect(() => restore(backup, path)).toThrow('is open in another program')
    other.close()
    restore(backup, path)
  })

  it.each<[string, (file: string) => void, RegExp]>([
    ['missing', () => undefined, /There is no file/],
    ['empty', (file) => writeFileSync(file, ''), /is empty/],
    ['no database', (file) => writeFileSync(file, 'x'.repeat(5_000)), /damaged, or is no SQLite database/],
    [
      'of another program',
      (file) => change(file, 'CREATE TABLE notes (text TEXT)'),
      /belongs to another program/,
    ],
    ['without tables', (file) => change(file, 'PRAGMA user_version = 1'), /holds no data/],
  ])('is refused when the backup is %s, and changes nothing', async (name, make, words) => {
    const path = await databaseOf('acme')
    const backup = here(`bad-${name}.db`)
    make(backup)
    expect(() => restore(backup, path)).toThrow(words)
    expect(providersOf(path)).toBe('acme')
    expect(
      readdirSync(databases.folder).filter((file) => /restor/.test(file) && file.startsWith(path)),
    ).toEqual([])
  })

  it('is refused when the backup is damaged or newer', async () => {
    const path = await databaseOf('acme')
    const damaged = here('damaged.db')
    backUpDatabase(path, damaged)
    const bytes = readFileSync(damaged)
    bytes.fill(0xee, bytes.length - 40_000)
    writeFileSync(damaged, bytes)
    expect(() => restore(damaged, path)).toThrow(/damaged/)
    const newer = here('newer.db')
    backUpDatabase(path, newer)
    change(
      newer,
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('x', 'x', 1, '29990101000000_future', 1, 1)`,
    )
    expect(() => restore(newer, path)).toThrow('written by a newer Switchyard (29990101000000_future)')
    expect(() => restore(path, path)).toThrow('is the database itself')
    expect(providersOf(path)).toBe('acme')
  })

  it('replaces a damaged database, whose log does not get into the new one', async () => {
    const path = await databaseOf('acme')
    const backup = here('for-damaged.db')
    backUpDatabase(path, backup)
    const writer = otherProcess(`
      import { DatabaseSync } from 'node:sqlite'
      const database = new DatabaseSync(${JSON.stringify(path)})
      database.exec("PRAGMA wal_autocheckpoint = 0; UPDATE providers SET id = 'strange'")
      console.log('written')
      process.stdin.resume()
    `)
    processes.push(writer)
    await writer.line()
    await writer.kill()
    const bytes = readFileSync(path)
    bytes.fill(0, 0, 200)
    writeFileSync(path, bytes)
    const { aside } = restore(backup, path)
    expect(existsSync(aside ?? '')).toBe(true)
    expect(providersOf(path)).toBe('acme')
    const { restored } = await databases.open(path)
    expect(restored.providers).toEqual([provider('acme')])
  })

  it('brings a database back where there is none', async () => {
    const backup = here('moved.db')
    backUpDatabase(await databaseOf('acme'), backup)
    const path = here('new-machine/switchyard.db')
    expect(restore(backup, path)).toEqual({ aside: null })
    expect((await databases.open(path)).restored.providers).toEqual([provider('acme')])
  })

  it('killed with kill -9 leaves the old database or the backup, and the next start tidies up', async () => {
    const path = await databaseOf('acme')
    fillChecks(path)
    const backup = here('killed-backup.db')
    backUpDatabase(path, backup)
    change(path, `UPDATE providers SET id = 'other'`)
    let kills = 0
    for (let waits = 0; waits < 12; waits += 1) {
      const restoring = otherProcess(`
        import { restoreDatabase } from '#lib/adapters/prisma/restore-database.ts'
        console.log('begins')
        setImmediate(() => {
          restoreDatabase(${JSON.stringify({ backup, path, migrationsDir, now: NOON })})
          console.log('done')
        })
      `)
      processes.push(restoring)
      await restoring.line()
      // Each round looks at the folder more often before it kills.
      for (let look = 0; look < waits * 40; look += 1) readdirSync(databases.folder)
      await restoring.kill()
      if (existsSync(`${path}-restoring`)) kills += 1
      expect(ask(path, 'PRAGMA quick_check')).toEqual(['ok'])
      expect(['acme', 'other']).toContain(providersOf(path))
      if (providersOf(path) === 'acme') change(path, `UPDATE providers SET id = 'other'`)
    }
    expect(kills, 'kills that left something half-made').toBeGreaterThan(0)
    await databases.open(path)
    expect(existsSync(`${path}-restoring`)).toBe(false)
  })
})

describe('the database as a whole', () => {
  it('tells rows, span and size of each part, and is backed up beside itself, one at a time', async () => {
    const folder = here('whole')
    mkdirSync(folder)
    const path = join(folder, 'switchyard.db')
    copyFileSync(await databases.fresh(), path)
    change(
      path,
      ...[0, 0, 0, 1, 2].map(
        (tier, i) => `INSERT INTO rollups (tier, provider, at, source) VALUES (${tier}, 1, ${i * 60_000}, 0)`,
      ),
      `INSERT INTO outcome_blocks VALUES (1, 3600000, 5, 0, 1, zeroblob(100000))`,
    )
    const { journal, data } = await databases.open(path)
    journal.appendCheck(check({ at: NOON - 60_000 }))
    journal.appendCheck(check({ at: NOON }))
    await journal.commit(
      entry({
        providersSaved: [provider('acme'), provider('other')],
        transitions: [transition('t1', { at: NOON + 1 })],
        audit: [audit('a1', { at: NOON + 2 })],
        markers: [marker('m1', { at: NOON - 5 })],
      }),
    )
    await expect.poll(async () => (await data.facts()).parts[0]?.rows, SOON).toBe(2)
    const facts = await data.facts()
    const part = (name: string) => facts.parts.find((stored) => stored.part === name)
    expect(facts.parts.map((stored) => stored.part)).toEqual([...STORED_PARTS])
    expect(part('checks')).toMatchObject({ rows: 2, from: NOON - 60_000, to: NOON })
    expect(part('rollups_1m')).toMatchObject({ rows: 3, from: 0, to: 120_000 })
    expect(part('rollups_5m')).toMatchObject({ rows: 1, from: 180_000 })
    expect(part('rollups_1d')).toMatchObject({ rows: 0, from: null, to: null, bytes: 0 })
    expect(part('events')).toMatchObject({ rows: 3, from: NOON - 5, to: NOON + 2 })
    expect(part('configuration')).toMatchObject({ rows: 2, from: null })
    expect(part('outcomes')?.bytes).toBeGreaterThan(100_000)
    expect(part('rollups_1m')?.bytes).toBeGreaterThan(part('rollups_5m')?.bytes ?? 0)
    const total = facts.parts.reduce((sum, { bytes }) => sum + bytes, 0)
    expect(total).toBeLessThanOrEqual(facts.bytes.file + facts.bytes.log)
    expect(total).toBeGreaterThan(150_000)
    expect(facts).toMatchObject({ file: path, lastBackup: null, backupFolder: join(folder, 'backups') })
    expect(facts.diskFreeBytes).toBeGreaterThan(0)

    const [first, second] = await Promise.allSettled([data.backUp(NOON), data.backUp(NOON + 1_000)])
    const file = join(folder, 'backups/switchyard-2026-01-31T120000Z.db')
    expect(first).toMatchObject({ status: 'fulfilled', value: { file, at: '2026-01-31T12:00:00.000Z' } })
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'conflict' } })
    expect(providersOf(file)).toBe('acme,other')
    expect((await data.facts()).lastBackup).toMatchObject({ file })
    await expect(data.backUp(NOON)).rejects.toThrow('is there already')
  })
})
