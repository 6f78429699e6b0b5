import {
  chmodSync,
  existsSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { check, entry, NOON, provider, settings, storedCircuit, transition } from '../storage/test-records.ts'
import { clientKey, decisionCount, kept, route } from '../storage/test-routing-records.ts'
import { databasePath, openStorage } from './open-storage.ts'
import { testDatabases } from './test-database.ts'
import { otherProcess } from './test-process.ts'

const databases = testDatabases()
afterEach(() => databases.closeAll())
afterAll(() => databases.remove())

/** Changes a database that nobody has open. */
function change(path: string, ...statements: string[]) {
  const database = new DatabaseSync(path)
  for (const statement of statements) database.exec(statement)
  database.close()
}

/** Opening must be refused with these words, and leave every byte as it was. */
async function expectRefusal(path: string, words: RegExp) {
  const bytes = readFileSync(path)
  await expect(openStorage({ url: path })).rejects.toMatchObject({
    name: 'AppError',
    code: 'unavailable',
    message: expect.stringMatching(words) as string,
  })
  expect(readFileSync(path).equals(bytes)).toBe(true)
  // Looking at a database in WAL mode leaves an empty log beside it.
  if (existsSync(`${path}-wal`)) expect(statSync(`${path}-wal`).size).toBe(0)
}

describe('databasePath', () => {
  it.each([
    ['file:./data/a.db', join(process.cwd(), 'data/a.db')],
    ['data/a.db', join(process.cwd(), 'data/a.db')],
    ['/var/lib/a.db', '/var/lib/a.db'],
    ['file:/var/lib/a.db', '/var/lib/a.db'],
    ['file:///var/lib/a%20b.db', '/var/lib/a b.db'],
  ])('%s is the file %s', (url, path) => expect(databasePath(url)).toBe(path))

  it('refuses other databases', () => {
    expect(() => databasePath('postgresql://localhost/a')).toThrow(/not "postgresql:"/)
  })
})

describe('openStorage', () => {
  it('creates the folder and the file where there are none, whatever their names', async () => {
    const path = join(databases.folder, 'a folder/#1 100%/new?.db')
    const storage = await databases.open(pathToFileURL(path).href)
    await storage.journal.commit(entry({ providersSaved: [provider('acme')] }))
    await databases.closeAll()
    const again = await databases.open(path)
    expect(again.restored.providers).toEqual([provider('acme')])
  })

  it('writes a log that Prisma’s own migrate understands', async () => {
    const path = await databases.fresh()
    const database = new DatabaseSync(path, { readOnly: true })
    const [row] = database.prepare('SELECT * FROM _prisma_migrations').all()
    expect(row).toMatchObject({
      migration_name: expect.stringMatching(/^\d{14}_/) as string,
      rolled_back_at: null,
    })
    expect(row?.finished_at).not.toBeNull()
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' })
    database.close()
  })

  it('refuses a database that a newer program wrote', async () => {
    const path = await databases.fresh()
    change(
      path,
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('1', '', '29990101000000_time_travel', 0, 0, 1)`,
    )
    await expectRefusal(path, /newer Switchyard \(29990101000000_time_travel\)/)
  })

  it('refuses a database whose last migration did not finish', async () => {
    const path = await databases.fresh()
    change(path, 'UPDATE _prisma_migrations SET finished_at = NULL')
    await expectRefusal(path, /did not finish/)
  })

  it('refuses the database of another program', async () => {
    const path = join(databases.folder, 'foreign.db')
    change(path, 'CREATE TABLE songs (id INTEGER PRIMARY KEY)')
    await expectRefusal(path, /another program/)
  })

  it('refuses a file that is no database', async () => {
    const path = join(databases.folder, 'letter.db')
    writeFileSync(path, 'Dear reader,\n'.repeat(1_000))
    await expectRefusal(path, /damaged, or is no SQLite database/)
  })

  it('refuses a folder', async () => {
    await expect(openStorage({ url: databases.folder })).rejects.toThrow(/is no file: name one/)
  })

  it('refuses a database with damage inside', async () => {
    const path = await databases.fresh()
    const bytes = readFileSync(path)
    bytes.fill(0xab, 4_096, 12_288)
    writeFileSync(path, bytes)
    await expectRefusal(path, /damaged/)
  })

  it('refuses a database that was cut off', async () => {
    const path = await databases.fresh()
    truncateSync(path, statSync(path).size / 2)
    await expectRefusal(path, /damaged/)
  })

  it('refuses a read-only database', async () => {
    const path = await databases.fresh()
    chmodSync(path, 0o444)
    await expectRefusal(path, /read-only/)
  })

  it('refuses a folder that is a file', async () => {
    const file = join(databases.folder, 'file')
    writeFileSync(file, '')
    await expect(openStorage({ url: join(file, 'a.db') })).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('refuses a database that is open already, by whatever name, and takes it when it is free again', async () => {
    const path = await databases.fresh()
    const link = join(databases.folder, 'link.db')
    symlinkSync(path, link)
    const storage = await databases.open(path)
    await expect(openStorage({ url: link })).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/in use by another Switchyard process/) as string,
    })
    await storage.journal.close(5_000)
    await storage.reader.close()
    const again = await databases.open(link)
    expect(again.restored.warnings).toEqual([])
  })

  it('is refused while another process has the database, and not after kill -9', async () => {
    const path = await databases.fresh()
    const other = otherProcess(`
      import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
      await openStorage({ url: ${JSON.stringify(path)} })
      console.log('open')
    `)
    try {
      expect(await other.line()).toBe('open')
      await expect(openStorage({ url: path })).rejects.toMatchObject({
        message: expect.stringMatching(/in use/) as string,
      })
    } finally {
      await other.kill()
    }
    expect((await databases.open(path)).restored.providers).toEqual([])
  })
})

describe('rows that another program wrote', () => {
  it('are left out with a warning that names them; the rest is there', async () => {
    const path = await databases.fresh()
    const storage = await databases.open(path)
    await storage.journal.commit(
      entry({
        providersSaved: [provider('acme'), provider('bad-kind'), provider('bad-json')],
        circuits: [storedCircuit('acme'), storedCircuit('acme', 'odd')],
        settings: [settings(1), settings(2)],
      }),
    )
    await databases.closeAll()
    change(
      path,
      `UPDATE providers SET kind = 'telepathy' WHERE id = 'bad-kind'`,
      `UPDATE providers SET probe = '{"type":"models"}' WHERE id = 'bad-json'`,
      `UPDATE circuits SET state = 'ajar' WHERE model = 'odd'`,
      `UPDATE settings_versions SET settings = json_set(settings, '$.breaker.failureRate', 7) WHERE version = 2`,
    )
    const { restored } = await databases.open(path)
    expect(restored.providers).toEqual([provider('acme')])
    expect(restored.circuits).toEqual([storedCircuit('acme')])
    expect(restored.settings).toBeNull()
    expect(restored.lastSettingsVersion).toBe(2)
    expect(restored.warnings).toEqual([
      expect.stringMatching(/^Provider "bad-json" .* left out: probe\.model/),
      expect.stringMatching(/^Provider "bad-kind" .* left out: kind/),
      expect.stringMatching(/^The circuit of "acme\/odd" .* left out: state/),
      expect.stringMatching(
        /^Version 2 of the settings cannot be read \(breaker\.failureRate: .* defaults are in force/,
      ),
    ])
  })

  it('are left out with a warning, routes, client keys and counts of decisions too', async () => {
    const path = await databases.fresh()
    const storage = await databases.open(path)
    await storage.journal.commit(
      entry({
        routesSaved: [route('chat'), route('odd'), route('stranger')],
        clientKeysSaved: [clientKey('k1'), clientKey('k2')],
      }),
    )
    storage.journal.saveDecisionCounts([decisionCount(1), decisionCount(2, { reasonCode: 'panic' })])
    storage.journal.appendDecision(kept('d1'))
    storage.journal.appendDecision(kept('d2'))
    await databases.closeAll()
    change(
      path,
      `UPDATE routes SET document = json_set(document, '$.strategy', json('{"type":"divination"}')) WHERE name = 'odd'`,
      `UPDATE routes SET document = json_set(document, '$.strategy', json('{"type":"single","providerId":"x"}'))
       WHERE name = 'stranger'`,
      `UPDATE client_keys SET hash = 'short' WHERE id = 'k1'`,
      `UPDATE decision_counts SET reason_code = 'whim' WHERE reason_code = 'panic'`,
      `UPDATE decisions SET document = json_remove(document, '$.candidates') WHERE id = 'd1'`,
    )
    const warnings: string[] = []
    const { restored, reader } = await databases.open(path, { warn: (message) => warnings.push(message) })
    expect(restored).toMatchObject({
      routes: [route('chat')],
      clientKeys: [clientKey('k2')],
      decisionCounts: [decisionCount(1)],
    })
    expect(restored.warnings).toEqual([
      expect.stringMatching(/^Route "odd" .* left out: strategy/),
      expect.stringMatching(/^Route "stranger" .* left out: strategy\.providerId: x is not a member/),
      expect.stringMatching(/^Client key "The k1" .* left out: hash/),
      expect.stringMatching(/^The count of "whim" on route "chat" .* left out: reasonCode/),
    ])
    const query = { cursor: null, limit: 1, route: null, providerId: null, failed: null }
    const first = await reader.decisions(query)
    const second = await reader.decisions({ ...query, cursor: first.nextCursor })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['d2'])
    expect(await reader.decision('d1')).toBeNull()
    expect(warnings).toEqual([expect.stringMatching(/^Decision d1 .* left out: candidates/)])
  })

  it('are left out of pages, with one warning each', async () => {
    const path = await databases.fresh()
    const storage = await databases.open(path)
    storage.journal.appendCheck(check())
    await storage.journal.commit(
      entry({ transitions: [transition('t1'), transition('t2', { at: NOON + 1 })] }),
    )
    await databases.closeAll()
    change(path, `UPDATE transitions SET cause = 'boredom' WHERE id = 't1'`, 'UPDATE checks SET class = 99')
    const warnings: string[] = []
    const { reader } = await databases.open(path, { warn: (message) => warnings.push(message) })
    const range = { from: NOON - 1, to: NOON + 10, cursor: null, limit: 10 }
    const read = () => reader.events({ ...range, providerId: null, model: undefined, kinds: ['transition'] })
    await read()
    expect((await read()).items.map(({ id }) => id)).toEqual(['t2'])
    expect((await reader.checks({ ...range, providerId: 'acme', class: null, source: null })).items).toEqual(
      [],
    )
    expect(warnings.filter((warning) => warning.startsWith('Event'))).toEqual([
      expect.stringMatching(/^Event t1 .*cause/),
    ])
    expect(warnings.some((warning) => /^Check 1 was written by another version/.test(warning))).toBe(true)
  })
})

describe('the size on disk', () => {
  it('is at most 100 bytes a check, indexes included', async () => {
    const path = await databases.fresh()
    const empty = statSync(path).size
    const storage = await databases.open(path, { limits: { waitingChecks: 200_000, checkBatch: 5_000 } })
    const rows = 100_000
    for (let row = 0; row < rows; row += 1) {
      const failed = row % 10 === 0
      storage.journal.appendCheck(
        check({
          providerId: `provider-${(row * 7) % 500}`,
          at: NOON + row * 10 + (row % 7),
          model: row % 3 === 0 ? 'gpt-4o-mini' : null,
          source: row % 3 === 0 ? 'passive' : 'active',
          class: failed ? 'provider_error' : 'ok',
          latencyMs: 80 + ((row * 7_919) % 90_000) / 10,
          phases: {
            dnsMs: 1.1,
            connectMs: 12.3,
            tlsMs: 25.4,
            firstByteMs: 80 + ((row * 7_907) % 9_000) / 10,
          },
          httpStatus: failed ? 503 : 200,
          kind: failed ? 'http_status' : null,
          message: failed ? `503 Service Unavailable: overloaded, try again in ${row % 60} s` : null,
        }),
      )
    }
    await databases.closeAll(60_000)
    const database = new DatabaseSync(path)
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    expect(database.prepare('SELECT count(*) AS rows FROM checks').get()).toEqual({ rows })
    database.close()
    const bytesPerCheck = (statSync(path).size - empty) / rows
    expect(bytesPerCheck).toBeLessThanOrEqual(100)
    // Not far below either, or this would be measuring something else.
    expect(bytesPerCheck).toBeGreaterThan(50)
  })
})
