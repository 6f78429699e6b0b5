import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { fleetEventSchema } from '#lib/contract/circuit.ts'
import { checkSchema, historySchema } from '#lib/contract/check.ts'
import type { Storage } from '#lib/services/ports.ts'
import type { CheckRecord } from '#lib/services/records.ts'
import { memoryStorage } from './memory/memory-storage.ts'
import { testDatabases } from './prisma/test-database.ts'
import type { PruningJournal } from './storage/journal.ts'
import {
  action,
  check,
  cooled,
  entry,
  health,
  NOON,
  overrideSet,
  provider,
  settings,
  storedCircuit,
  transition,
} from './storage/test-records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = { from: NOON - 12 * HOUR, to: NOON + 12 * HOUR }
/** Long enough for a busy machine; nothing waits for all of it. */
const SOON = { timeout: 20_000, interval: 5 }
const FIRST_PAGE = { cursor: null, limit: 50 }

type Store = Storage & { journal: PruningJournal }
type Maker = { open: () => Promise<Store>; reopen: (store: Store) => Promise<Store> }

const databases = testDatabases()
afterEach(() => databases.closeAll())
afterAll(() => databases.remove())

/** Closes in order and starts again on the same data. */
async function close(store: Store) {
  expect(await store.journal.close(5_000)).toEqual({ lostEntries: 0, lostChecks: 0 })
  await store.reader.close()
}

function memoryMaker(): Maker {
  let last = memoryStorage()
  return {
    open: () => Promise.resolve(last),
    reopen: async (store) => {
      await close(store)
      return (last = last.reopen())
    },
  }
}

function prismaMaker(): Maker {
  let path = ''
  return {
    open: async () => databases.open((path = await databases.fresh())),
    reopen: async (store) => {
      await close(store)
      return databases.open(path)
    },
  }
}

/** Every storage must pass this, so that a test that uses the quick one speaks for the real one. */
describe.each<[name: string, make: () => Maker]>([
  ['memory', memoryMaker],
  ['prisma on SQLite', prismaMaker],
])('%s storage', (_name, makeMaker) => {
  const start = async () => {
    const maker = makeMaker()
    return { maker, store: await maker.open() }
  }

  /** A storage that has written these checks. */
  async function withChecks(checks: readonly CheckRecord[]) {
    const { maker, store } = await start()
    for (const row of checks) store.journal.appendCheck(row)
    await expect.poll(() => store.journal.status().waitingChecks, SOON).toBe(0)
    return { maker, store }
  }

  describe('a restart', () => {
    it('finds nothing in a new database', async () => {
      const { store } = await start()
      expect(store.restored).toEqual({
        providers: [],
        settings: null,
        lastSettingsVersion: 0,
        circuits: [],
        health: [],
        recent: [],
        warnings: [],
      })
    })

    it('finds providers, circuits, averages and the newest settings as they were left', async () => {
      const { maker, store } = await start()
      const acme = provider('acme')
      const bare = provider('bare', {
        key: { type: 'none' },
        coordinates: null,
        region: null,
        maxConcurrency: 4,
      })
      await store.journal.commit(
        entry({ providersSaved: [bare, acme], settings: [settings(1), settings(2)] }),
      )
      await store.journal.commit(
        entry({
          circuits: [
            storedCircuit('acme'),
            storedCircuit('acme', 'gpt-4o', { cooling: null, override: null }),
          ],
        }),
      )
      store.journal.saveHealth([health('acme'), health('bare', { lastCheckAt: null, spent: null })])
      const { restored } = await maker.reopen(store)
      expect(restored.providers).toEqual([acme, bare])
      expect(restored.settings).toEqual(settings(2))
      expect(restored.lastSettingsVersion).toBe(2)
      expect(restored.circuits).toEqual([
        storedCircuit('acme'),
        storedCircuit('acme', 'gpt-4o', { cooling: null, override: null }),
      ])
      expect(restored.health).toEqual([health('acme'), health('bare', { lastCheckAt: null, spent: null })])
      expect(restored.warnings).toEqual([])
    })

    it('keeps neither window nor leases of a circuit', async () => {
      const { maker, store } = await start()
      const busy = storedCircuit('acme', null, {
        leases: [{ id: 6, expiresAt: NOON }],
        window: {
          start: NOON,
          calls: 3,
          failures: 2,
          slow: 0,
          older: [],
          olderCalls: 0,
          olderFailures: 0,
          olderSlow: 0,
        },
      })
      await store.journal.commit(entry({ providersSaved: [provider('acme')], circuits: [busy] }))
      expect((await maker.reopen(store)).restored.circuits).toEqual([storedCircuit('acme')])
    })

    it('takes the last circuit of an address and the last averages of a provider', async () => {
      const { maker, store } = await start()
      const committed = [
        store.journal.commit(entry({ providersSaved: [provider('acme')] })),
        ...[1, 2, 3].map((generation) =>
          store.journal.commit(entry({ circuits: [storedCircuit('acme', null, { generation })] })),
        ),
      ]
      store.journal.saveHealth([health('acme', { lastCheckAt: NOON })])
      store.journal.saveHealth([health('acme', { lastCheckAt: NOON + 1 })])
      await Promise.all(committed)
      const { restored } = await maker.reopen(store)
      expect(restored.circuits[0]?.circuit.generation).toBe(3)
      expect(restored.health[0]?.lastCheckAt).toBe(NOON + 1)
    })

    it('finds the last 60 checks of our own of each provider, oldest first', async () => {
      const { maker, store } = await start()
      await store.journal.commit(entry({ providersSaved: [provider('acme'), provider('bare')] }))
      for (let second = 0; second < 65; second += 1)
        store.journal.appendCheck(check({ at: NOON + second * 1_000 }))
      store.journal.appendCheck(check({ providerId: 'bare', at: NOON, class: null, skipped: 'budget_spent' }))
      store.journal.appendCheck(check({ at: NOON + HOUR, source: 'passive' }))
      store.journal.appendCheck(check({ providerId: 'deleted' }))
      const { recent } = (await maker.reopen(store)).restored
      const acme = recent.filter(({ providerId }) => providerId === 'acme')
      expect(acme).toHaveLength(60)
      expect(acme[0]).toEqual(check({ at: NOON + 5_000 }))
      expect(acme.at(-1)).toEqual(check({ at: NOON + 64_000 }))
      expect(recent.filter(({ providerId }) => providerId !== 'acme')).toEqual([
        check({ providerId: 'bare', at: NOON, class: null, skipped: 'budget_spent' }),
      ])
    })

    it('gives later checks later ids', async () => {
      const { maker, store } = await withChecks([check({ at: NOON })])
      const again = await maker.reopen(store)
      again.journal.appendCheck(check({ at: NOON + 1 }))
      await expect.poll(() => again.journal.status().waitingChecks, SOON).toBe(0)
      const { rows } = await again.reader.checksSince(NOON, 0, 10)
      expect(rows.map(({ at }) => at)).toEqual([NOON, NOON + 1])
    })
  })

  describe('providers', () => {
    it('forgets the circuits and averages of one that is reset, but takes those of the same entry', async () => {
      const { maker, store } = await start()
      await store.journal.commit(
        entry({
          providersSaved: [provider('acme')],
          circuits: [storedCircuit('acme'), storedCircuit('acme', 'gpt-4o')],
        }),
      )
      store.journal.saveHealth([health('acme')])
      const fresh = storedCircuit('acme', null, { generation: 4, state: 'closed' })
      await store.journal.commit(entry({ providersReset: ['acme'], circuits: [fresh] }))
      const { restored } = await maker.reopen(store)
      expect(restored.circuits).toEqual([fresh])
      expect(restored.health).toEqual([])
    })

    it('keeps the history of one that is deleted, and none of its state', async () => {
      const { maker, store } = await withChecks([check()])
      await store.journal.commit(
        entry({
          providersSaved: [provider('acme')],
          circuits: [storedCircuit('acme')],
          transitions: [transition('t1')],
        }),
      )
      await store.journal.commit(entry({ providersDeleted: ['acme'] }))
      // Late averages of a deleted provider are not kept either.
      store.journal.saveHealth([health('acme')])
      const again = await maker.reopen(store)
      expect(again.restored).toMatchObject({ providers: [], circuits: [], health: [], recent: [] })
      const { items } = await again.reader.checks({
        ...DAY,
        ...FIRST_PAGE,
        providerId: 'acme',
        class: null,
        source: null,
      })
      expect(items).toHaveLength(1)
      expect(await again.reader.stateBefore({ providerId: 'acme', at: NOON })).toHaveLength(1)
    })

    it('lets an id be created again, with the history it finds and a state of its own', async () => {
      const { maker, store } = await withChecks([check()])
      await store.journal.commit(
        entry({ providersSaved: [provider('acme')], circuits: [storedCircuit('acme')] }),
      )
      await store.journal.commit(entry({ providersDeleted: ['acme'] }))
      await store.journal.commit(entry({ circuits: [storedCircuit('acme')] }))
      await store.journal.commit(entry({ providersSaved: [provider('acme', { name: 'Another' })] }))
      const { restored } = await maker.reopen(store)
      expect(restored.providers).toEqual([provider('acme', { name: 'Another' })])
      expect(restored.circuits).toEqual([])
      expect(restored.recent).toEqual([check()])
    })

    it('are changed and deleted in the order of the entries, however fast they come', async () => {
      const { maker, store } = await start()
      const named = (name: string) => entry({ providersSaved: [provider('acme', { name })] })
      const order = [named('first'), entry({ providersDeleted: ['acme'] }), named('second'), named('third')]
      await Promise.all(order.map((one) => store.journal.commit(one)))
      expect((await maker.reopen(store)).restored.providers.map(({ name }) => name)).toEqual(['third'])
    })
  })

  describe('the check log', () => {
    const query = { ...DAY, ...FIRST_PAGE, providerId: 'acme', class: null, source: null }

    it('gives every fact of a check back', async () => {
      const { store } = await withChecks([
        check(),
        check({
          at: NOON + 1,
          model: 'gpt-4o',
          source: 'passive',
          class: 'provider_error',
          latencyMs: null,
          phases: null,
          httpStatus: null,
          kind: 'connect_timeout',
          message: 'no connection after 3 s — "ça" 🚧',
        }),
        check({
          at: NOON + 2,
          class: null,
          skipped: 'traffic_proves',
          latencyMs: null,
          phases: null,
          httpStatus: null,
        }),
      ])
      const { items, nextCursor } = await store.reader.checks(query)
      for (const item of items) checkSchema.parse(item)
      expect(items.map(({ at, ...rest }) => ({ ...rest, at: Date.parse(at) }))).toEqual([
        expect.objectContaining({ at: NOON + 2, class: null, skipped: 'traffic_proves' }),
        {
          id: '2',
          providerId: 'acme',
          at: NOON + 1,
          model: 'gpt-4o',
          source: 'passive',
          class: 'provider_error',
          latencyMs: null,
          phases: null,
          httpStatus: null,
          kind: 'connect_timeout',
          error: 'no connection after 3 s — "ça" 🚧',
          skipped: null,
        },
        expect.objectContaining({
          at: NOON,
          latencyMs: 120.5,
          phases: { dnsMs: 1.2, connectMs: 3.4, tlsMs: null, firstByteMs: 110 },
          httpStatus: 200,
        }),
      ])
      expect(nextCursor).toBeNull()
    })

    it('includes the left edge of the range and excludes the right', async () => {
      const { store } = await withChecks([
        check({ at: NOON - 1 }),
        check({ at: NOON }),
        check({ at: NOON + 10 }),
      ])
      const { items } = await store.reader.checks({ ...query, from: NOON, to: NOON + 10 })
      expect(items.map(({ at }) => Date.parse(at))).toEqual([NOON])
    })

    it('pages through checks of the same time without losing or repeating one', async () => {
      const { store } = await withChecks(
        Array.from({ length: 7 }, (_, place) => check({ at: NOON + (place >> 1) })),
      )
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page = await store.reader.checks({ ...query, cursor, limit: 2 })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(ids.map(Number)).toEqual([7, 6, 5, 4, 3, 2, 1])
    })

    it('filters by provider, class and source', async () => {
      const { store } = await withChecks([
        check({ class: 'ok', source: 'active' }),
        check({ class: 'ok', source: 'passive' }),
        check({ class: 'rate_limited', source: 'passive' }),
        check({ providerId: 'other' }),
      ])
      const count = async (over: Partial<typeof query> | { class: 'ok' } | { source: 'passive' }) =>
        (await store.reader.checks({ ...query, ...over })).items.length
      expect(await count({})).toBe(3)
      expect(await count({ class: 'ok' })).toBe(2)
      expect(await count({ source: 'passive' })).toBe(2)
      expect(await count({ providerId: 'nobody' })).toBe(0)
    })

    it.each([
      'nonsense',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('[1,"a"]').toString('base64url'),
    ])('refuses the cursor %s at its field', async (cursor) => {
      const { store } = await start()
      await expect(store.reader.checks({ ...query, cursor })).rejects.toMatchObject({
        name: 'AppError',
        code: 'invalid_input',
        fields: [{ path: 'cursor' }],
      })
    })

    it('streams what came since a time in the order of arrival, page by page', async () => {
      const { store } = await withChecks([
        check({ at: NOON - HOUR }),
        check({ at: NOON + 5 }),
        check({ at: NOON + 3, providerId: 'other' }),
        check({ at: NOON + 4 }),
      ])
      const first = await store.reader.checksSince(NOON, 0, 2)
      expect(first.rows.map(({ at }) => at - NOON)).toEqual([5, 3])
      const second = await store.reader.checksSince(NOON, first.lastId, 2)
      expect(second.rows).toEqual([check({ at: NOON + 4 })])
      const third = await store.reader.checksSince(NOON, second.lastId, 2)
      expect(third.rows).toEqual([])
    })
  })

  describe('history', () => {
    const query = {
      from: NOON,
      to: NOON + HOUR,
      providerId: 'acme',
      source: null,
      model: null,
      resolutionMs: MINUTE,
      slowMs: null,
    }

    it('counts classes and measures successes exactly, bucket by bucket', async () => {
      const { store } = await withChecks([
        ...Array.from({ length: 100 }, (_, place) => check({ at: NOON + place, latencyMs: 100 - place })),
        check({ at: NOON + 1, class: 'provider_error', latencyMs: 9_000 }),
        check({ at: NOON + 2, class: 'credentials', latencyMs: 1 }),
        check({ at: NOON + 3, class: 'rate_limited', latencyMs: 1 }),
        check({ at: NOON + 4, class: null, skipped: 'budget_spent', latencyMs: null }),
      ])
      const history = historySchema.parse(await store.reader.history({ ...query, slowMs: 90 }))
      expect(history).toEqual({
        from: new Date(query.from).toISOString(),
        to: new Date(query.to).toISOString(),
        resolutionMs: MINUTE,
        source: null,
        buckets: [
          {
            at: new Date(NOON).toISOString(),
            count: 103,
            ok: 100,
            slow: 10,
            byClass: { ok: 100, provider_error: 1, credentials: 1, rate_limited: 1 },
            latency: { p50: 50, p95: 95, p99: 99, avg: 50.5, max: 100 },
            successRate: 100 / 102,
          },
        ],
      })
    })

    it('leaves out the gaps and says null where nothing counted', async () => {
      const { store } = await withChecks([
        check({ at: NOON + 2 * MINUTE }),
        check({ at: NOON + 5 * MINUTE, class: 'cancelled', latencyMs: 5 }),
      ])
      const { buckets } = await store.reader.history(query)
      expect(buckets.map(({ at }) => (Date.parse(at) - NOON) / MINUTE)).toEqual([2, 5])
      expect(buckets[1]).toMatchObject({ count: 1, ok: 0, latency: null, successRate: null })
    })

    it('starts buckets at multiples of the resolution, and cuts the first and the last by the range', async () => {
      const { store } = await withChecks([
        check({ at: NOON + 29_999 }),
        check({ at: NOON + 30_000 }),
        check({ at: NOON + 89_999 }),
        check({ at: NOON + 90_000 }),
      ])
      const { buckets } = await store.reader.history({ ...query, from: NOON + 30_000, to: NOON + 90_000 })
      expect(buckets.map(({ at, count }) => [(Date.parse(at) - NOON) / MINUTE, count])).toEqual([
        [0, 1],
        [1, 1],
      ])
    })

    it('does not mix providers, sources or models', async () => {
      const { store } = await withChecks([
        check({ latencyMs: 1 }),
        check({ latencyMs: 2, source: 'passive', model: 'gpt-4o' }),
        check({ latencyMs: 3, source: 'passive' }),
        check({ latencyMs: 4, providerId: 'other' }),
      ])
      const maxOf = async (over: object) =>
        (await store.reader.history({ ...query, ...over })).buckets.map(({ latency }) => latency?.max)
      expect(await maxOf({})).toEqual([3])
      expect(await maxOf({ source: 'active' })).toEqual([1])
      expect(await maxOf({ model: 'gpt-4o' })).toEqual([2])
      expect(await maxOf({ model: 'unheard-of' })).toEqual([])
      expect(await maxOf({ providerId: 'nobody' })).toEqual([])
    })
  })

  describe('events', () => {
    const ALL = ['transition', 'override', 'cooling', 'action'] as const
    const query = { ...DAY, ...FIRST_PAGE, providerId: null, model: undefined, kinds: ALL }

    async function withEvents() {
      const { maker, store } = await start()
      await store.journal.commit(
        entry({
          transitions: [
            transition('a1', { at: NOON }),
            transition('a4', { at: NOON + 3, model: 'gpt-4o', from: 'half_open' }),
            transition('a5', {
              at: NOON + 4,
              providerId: 'other',
              to: 'half_open',
              from: 'open',
              retryAt: null,
            }),
          ],
          events: [overrideSet('a2', NOON + 1), cooled('a3', NOON + 2)],
          actions: [action('a6', { at: NOON + 5 }), action('a7', { at: NOON + 6, providerId: null })],
        }),
      )
      return { maker, store }
    }

    it('shows all kinds in one order, newest first, as the wire wants them', async () => {
      const { store } = await withEvents()
      const { items } = await store.reader.events(query)
      expect(items.map((item) => fleetEventSchema.parse(item))).toEqual(items)
      expect(items.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
        'a7 action',
        'a6 action',
        'a5 transition',
        'a4 transition',
        'a3 cooling',
        'a2 override',
        'a1 transition',
      ])
      expect(items.at(-1)).toMatchObject({
        from: 'closed',
        to: 'open',
        cause: 'consecutive_failures',
        evidence: { calls: 8, lastErrors: ['connect refused'] },
        retryAt: new Date(NOON + 60_000).toISOString(),
        persisted: true,
      })
    })

    it('filters by kind, provider and model: all, the provider’s own, or one', async () => {
      const { store } = await withEvents()
      const ids = async (over: object) =>
        (await store.reader.events({ ...query, ...over })).items.map(({ id }) => id)
      expect(await ids({ kinds: ['override'] })).toEqual(['a2'])
      expect(await ids({ kinds: ['cooling', 'override'] })).toEqual(['a3', 'a2'])
      expect(await ids({ kinds: ['cooling'] })).toEqual(['a3'])
      expect(await ids({ kinds: [] })).toEqual([])
      expect(await ids({ providerId: 'acme', model: null })).toEqual(['a6', 'a3', 'a2', 'a1'])
      expect(await ids({ providerId: 'acme', model: 'gpt-4o' })).toEqual(['a4'])
      expect(await ids({ providerId: 'other' })).toEqual(['a5'])
      expect(await ids({ from: NOON + 1, to: NOON + 3 })).toEqual(['a3', 'a2'])
    })

    it('pages over the borders between kinds', async () => {
      const { store } = await withEvents()
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page = await store.reader.events({ ...query, cursor, limit: 2 })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(ids).toEqual(['a7', 'a6', 'a5', 'a4', 'a3', 'a2', 'a1'])
    })

    it('tells the transition in force of each circuit', async () => {
      const { store } = await withEvents()
      await store.journal.commit(entry({ transitions: [transition('a8', { at: NOON + 7, to: 'closed' })] }))
      const ids = async (providerId: string | null, at: number) =>
        (await store.reader.stateBefore({ providerId, at })).map(({ id }) => id)
      expect(await ids(null, NOON + 6)).toEqual(['a1', 'a4', 'a5'])
      expect(await ids('acme', NOON + 7)).toEqual(['a8', 'a4'])
      expect(await ids('acme', NOON - 1)).toEqual([])
    })

    it('counts openings by circuit', async () => {
      const { store } = await withEvents()
      expect(await store.reader.openingsSince(NOON)).toEqual({ acme: 1, 'acme/gpt-4o': 1 })
      expect(await store.reader.openingsSince(NOON + 1)).toEqual({ 'acme/gpt-4o': 1 })
    })

    it('lists what operators did, whole', async () => {
      const { store } = await withEvents()
      const first = await store.reader.actions({ ...DAY, cursor: null, limit: 1 })
      expect(first.items.map(({ id }) => id)).toEqual(['a7'])
      const second = await store.reader.actions({ ...DAY, cursor: first.nextCursor, limit: 1 })
      expect(second).toEqual({ items: [action('a6', { at: NOON + 5 })], nextCursor: null })
    })

    it('keeps an entry written twice once', async () => {
      const { maker, store } = await withEvents()
      await store.journal.commit(
        entry({ transitions: [transition('a1')], events: [overrideSet('a2')], actions: [action('a6')] }),
      )
      const again = await maker.reopen(store)
      expect((await again.reader.events(query)).items).toHaveLength(7)
    })
  })

  describe('settings', () => {
    it('are listed newest first and found by version', async () => {
      const { store } = await start()
      await store.journal.commit(entry({ settings: [settings(1), settings(2)] }))
      await store.journal.commit(entry({ settings: [settings(3)] }))
      const first = await store.reader.settingsVersions({ cursor: null, limit: 2 })
      expect(first.items).toEqual([settings(3), settings(2)])
      const second = await store.reader.settingsVersions({ cursor: first.nextCursor, limit: 2 })
      expect(second).toEqual({ items: [settings(1)], nextCursor: null })
      expect(await store.reader.settingsVersion(2)).toEqual(settings(2))
      expect(await store.reader.settingsVersion(9)).toBeNull()
    })
  })

  it('forgets old checks when told, all of them, and nothing else', async () => {
    const old = Array.from({ length: 1_203 }, (_, place) =>
      check({ at: NOON - 1 - place, class: 'provider_error', message: 'old' }),
    )
    const { store } = await withChecks([
      ...old,
      check({ at: NOON }),
      check({ at: NOON - 7, providerId: 'other' }),
    ])
    await store.journal.commit(entry({ transitions: [transition('t1', { at: NOON - HOUR })] }))
    store.journal.prune(NOON)
    await expect
      .poll(async () => (await store.reader.checksSince(0, 0, 10)).rows, SOON)
      .toEqual([check({ at: NOON })])
    expect(await store.reader.stateBefore({ providerId: null, at: NOON })).toHaveLength(1)
  })

  it('refuses questions once it is closed', async () => {
    const { store } = await start()
    await close(store)
    await expect(store.reader.settingsVersion(1)).rejects.toMatchObject({
      name: 'AppError',
      code: 'unavailable',
    })
  })
})
