import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { check, entry, NOON, provider } from '../storage/test-records.ts'
import { decisionCount, kept, route } from '../storage/test-routing-records.ts'
import { migrateDatabase } from './migrate-database.ts'
import { testDatabases } from './test-database.ts'

const MIGRATIONS = join(process.cwd(), 'prisma/migrations')
const FIRST = '20261123010300_first_tables'

const databases = testDatabases()
afterEach(() => databases.closeAll())
afterAll(() => databases.remove())

/** A database as the program before routing left it, with something in every kind of table. */
async function databaseBeforeRouting() {
  const migrations = join(databases.folder, 'migrations')
  mkdirSync(migrations, { recursive: true })
  for (const part of [FIRST, 'migration_lock.toml'])
    cpSync(join(MIGRATIONS, part), join(migrations, part), { recursive: true })
  const path = join(databases.folder, 'before-routing.db')
  await migrateDatabase(path, migrations)
  const database = new DatabaseSync(path)
  const { key, headers, coordinates, models, tags, probe } = provider('acme')
  database
    .prepare(
      `INSERT INTO providers VALUES ('acme', 'The acme', 'openai', 'https://api.example.com/v1', ?, ?, NULL, 'eu', ?, ?, ?,
         1, 1.5, 2, NULL, ?, 1, ${NOON}, ${NOON})`,
    )
    .run(...[key, headers, coordinates, models, tags, probe].map((value) => JSON.stringify(value)))
  database.exec(`
    INSERT INTO check_names (id, type, name) VALUES (1, 'provider', 'acme'), (2, 'model', 'gpt-4o');
    INSERT INTO checks (id, provider, at, class, source, model, latency) VALUES
      (7, 1, ${NOON}, 0, 0, NULL, 1205), (8, 1, ${NOON + 1}, 0, 1, 2, 2000), (9, 1, ${NOON + 2}, 1, 1, 2, NULL);
    DELETE FROM checks WHERE id = 9;
    INSERT INTO transitions VALUES ('t1', 'acme', NULL, ${NOON}, 'closed', 'open', 'failure_rate',
      '{"calls":8,"failures":5,"slow":0,"consecutiveFailures":5,"lastErrors":[]}', 'switchyard', NULL, 1, NULL);
  `)
  database.close()
  return path
}

describe('a database from before routing', () => {
  it('keeps all its data, and holds what is new', async () => {
    const path = await databaseBeforeRouting()
    const { restored, reader, journal } = await databases.open(path)
    expect(restored).toMatchObject({
      providers: [provider('acme')],
      routes: [],
      clientKeys: [],
      apiKeys: [],
      decisionCounts: [],
      warnings: [],
    })
    const range = { from: NOON, to: NOON + 1_000, providerId: 'acme' }
    const page = { cursor: null, limit: 10 }
    const { items } = await reader.checks({ ...range, ...page, class: null, source: null })
    expect(items.map(({ id, model, latencyMs, count }) => [id, model, latencyMs, count])).toEqual([
      ['8', 'gpt-4o', 200, 1],
      ['7', null, 120.5, 1],
    ])
    const history = await reader.history({
      ...range,
      source: null,
      model: null,
      resolutionMs: 1_000,
      slowMs: null,
    })
    expect(history.buckets).toMatchObject([{ count: 2, ok: 2, latency: { max: 200 } }])
    expect(await reader.stateBefore({ providerId: null, at: NOON })).toMatchObject([{ id: 't1' }])

    await journal.commit(entry({ routesSaved: [route('chat')] }))
    journal.appendCheck(check({ at: NOON + 5 }))
    journal.appendDecision(kept('d1'))
    journal.saveDecisionCounts([decisionCount(3)])
    await databases.closeAll()
    const again = await databases.open(path)
    expect(again.restored).toMatchObject({ routes: [route('chat')], decisionCounts: [decisionCount(3)] })
    expect(await again.reader.decision('d1')).toMatchObject({ id: 'd1' })
    // Check 9 was there and is gone: its id is not given again.
    const { items: checks } = await again.reader.checks({ ...range, ...page, class: null, source: null })
    expect(checks.map(({ id }) => id)).toEqual(['10', '8', '7'])
  })
})

describe('the index that charts read', () => {
  it('holds all they need, the number of calls included, so that no row is touched', async () => {
    const database = new DatabaseSync(await databases.fresh(), { readOnly: true })
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT at / 60000, class, sum(count), group_concat(latency || 'x' || count) FROM checks
         WHERE provider = 1 AND at >= 0 AND at < 9 AND source = 1 AND model = 2 GROUP BY 1, 2`,
      )
      .all()
    database.close()
    expect(plan.map(({ detail }) => String(detail))[0]).toMatch(/COVERING INDEX checks_by_provider/)
  })

  it('of decisions is searched without touching a document', async () => {
    const database = new DatabaseSync(await databases.fresh(), { readOnly: true })
    const plan = database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT id FROM decisions INDEXED BY decisions_by_time
         WHERE at >= 0 AND route = 'chat' AND instr(providers, ',a,') > 0 AND failed = 1
         ORDER BY at DESC, id DESC LIMIT 51`,
      )
      .all()
    database.close()
    expect(plan.map(({ detail }) => String(detail))).toEqual([
      expect.stringMatching(/COVERING INDEX decisions_by_time/),
    ])
  })
})

describe('the empty database that tests copy', () => {
  // Else every test, and every console of the journeys, would begin as one and the same installation.
  it('has rows of its migrations alone, and nothing of an installation', async () => {
    const database = new DatabaseSync(await databases.fresh(), { readOnly: true })
    const tables = database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
      .all()
    const names = tables.map(({ name }) => String(name))
    const filled = names.filter((name) => database.prepare(`SELECT 1 FROM "${name}" LIMIT 1`).get())
    database.close()
    expect(filled).toEqual(['_prisma_migrations'])
  })
})
