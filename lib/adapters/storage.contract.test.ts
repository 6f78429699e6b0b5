import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { fleetEventSchema } from '#lib/contract/circuit.ts'
import { type Bucket, checkSchema, historySchema } from '#lib/contract/check.ts'
import { decisionSchema } from '#lib/contract/decision.ts'
import { newHistogram, recordValue } from '#lib/domain/histogram.ts'
import type { CheckRecord, KeptDecision } from '#lib/services/records.ts'
import { authorNamed } from '#lib/domain/access/author.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import { type AuditRow, chainedRow, entryOfRow } from './storage/audit-chain.ts'
import { closeStore, type Store, testStores } from './test-stores.ts'
import {
  audit,
  check,
  cooled,
  entry,
  health,
  marker,
  NOON,
  overrideSet,
  provider,
  settings,
  storedCircuit,
  transition,
} from './storage/test-records.ts'
import { clientKey, decisionCount, kept, route } from './storage/test-routing-records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY_MS = 24 * HOUR
const DAY = { from: NOON - 12 * HOUR, to: NOON + 12 * HOUR }
/** Long enough for a busy machine; nothing waits for all of it. */
const SOON = { timeout: 20_000, interval: 5 }
const FIRST_PAGE = { cursor: null, limit: 50 }

/** The figures of a bucket's latency, percentiles as shares of what they should be within 2 %. */
function expectLatency(
  bucket: Bucket | undefined,
  { avg, max, ...percentiles }: NonNullable<Bucket['latency']>,
) {
  const latency = bucket?.latency ?? null
  expect(latency).toMatchObject({ avg, max })
  for (const [name, exact] of Object.entries(percentiles)) {
    const estimate = latency?.[name as keyof typeof percentiles] ?? Number.NaN
    expect(Math.abs(estimate / exact - 1), `${name} ${estimate} of ${exact}`).toBeLessThanOrEqual(0.02)
  }
}

function latenciesOf(...values: readonly (readonly [ms: number, times: number])[]) {
  const latencies = newHistogram()
  for (const [ms, times] of values) recordValue(latencies, ms, times)
  return latencies
}

const stores = testStores()
afterEach(() => stores.closeAll())
afterAll(() => stores.remove())

/** Resolves when a prune that was asked for before is done: it deletes decisions last. */
async function pruned({ journal, reader }: Store) {
  const old = kept('old', { at: NOON - 2 * HOUR })
  journal.appendDecision(old)
  await expect.poll(() => reader.decision('old'), SOON).not.toBeNull()
  journal.prune({ checks: 0, rollups: [], decisions: NOON - HOUR, incidents: 0 })
  await expect.poll(() => reader.decision('old'), SOON).toBeNull()
}

/** Every storage must pass this, so that a test that uses the quick one speaks for the real one. */
describe.each(stores.makers)('%s storage', (_name, makeMaker) => {
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
        routes: [],
        clientKeys: [],
        apiKeys: [],
        decisionCounts: [],
        alerting: {
          rules: [],
          channels: [],
          silences: [],
          openIncidents: [],
          waitingDeliveries: [],
        },
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
          count: 1,
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

    it('counts classes exactly and measures successes within 2 %, bucket by bucket', async () => {
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
            latency: expect.anything() as unknown,
            successRate: 100 / 102,
          },
        ],
      })
      expectLatency(history.buckets[0], { p50: 50, p95: 95, p99: 99, avg: 50.5, max: 100 })
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

    it('starts buckets at multiples of the resolution, and cuts neither the first nor the last', async () => {
      const { store } = await withChecks([
        check({ at: NOON + 29_999 }),
        check({ at: NOON + 30_000 }),
        check({ at: NOON + 89_999 }),
        check({ at: NOON + 90_000 }),
      ])
      const counts = async (from: number, to: number) => {
        const { buckets } = await store.reader.history({ ...query, from, to })
        return buckets.map(({ at, count }) => [(Date.parse(at) - NOON) / MINUTE, count])
      }
      const both = [
        [0, 2],
        [1, 2],
      ]
      expect(await counts(NOON + 30_000, NOON + 90_000)).toEqual(both)
      expect(await counts(NOON, NOON + 2 * MINUTE)).toEqual(both)
      expect(await counts(NOON + MINUTE, NOON + MINUTE + 1)).toEqual([[1, 2]])
    })

    it('weighs a row by how many calls it stands for', async () => {
      const traffic = { source: 'passive', phases: null } as const
      const { store } = await withChecks([
        check({ at: NOON, latencyMs: 400 }),
        check({ ...traffic, at: NOON, latencyMs: 100.5, count: 90 }),
        check({ ...traffic, at: NOON + 1_000, latencyMs: 200, count: 8 }),
        check({ ...traffic, at: NOON + 1_000, class: 'provider_error', latencyMs: 1, count: 20 }),
        check({ ...traffic, at: NOON + 2_000, latencyMs: null, count: 5 }),
        check({ at: NOON + 3_000, latencyMs: 300 }),
        check({ ...traffic, at: NOON + MINUTE, latencyMs: 50, count: 2 }),
      ])
      const { buckets } = await store.reader.history({ ...query, slowMs: 150 })
      expect(buckets).toMatchObject([
        {
          count: 125,
          ok: 105,
          slow: 10,
          byClass: { ok: 105, provider_error: 20 },
          successRate: 105 / 125,
        },
        { count: 2, ok: 2 },
      ])
      expectLatency(buckets[0], { p50: 100.5, p95: 200, p99: 300, max: 400, avg: 113.5 })
      expect(buckets[1]?.latency).toEqual({ p50: 50, p95: 50, p99: 50, max: 50, avg: 50 })
      const { items } = await store.reader.checks({ ...query, ...FIRST_PAGE, class: null, source: 'passive' })
      expect(items.map(({ count }) => count)).toEqual([2, 5, 20, 8, 90])
      const { rows } = await store.reader.checksSince(NOON, 0, 2)
      expect(rows.map(({ count }) => count)).toEqual([1, 90])
    })

    it('knows the latency of each of many calls from one row', async () => {
      const many = { source: 'passive', phases: null, latencyMs: 145, count: 100 } as const
      const first = check({ ...many, latencies: latenciesOf([100, 90], [550, 10]) })
      const { maker, store } = await withChecks([first, check({ ...many, at: NOON + 1_000, latencyMs: 99 })])
      const { buckets } = await store.reader.history({ ...query, slowMs: 500 })
      expect(buckets).toMatchObject([{ count: 200, slow: 10 }])
      expectLatency(buckets[0], { p50: 99, p95: 100, p99: 550, avg: 122, max: 550 })
      const again = await maker.reopen(store)
      expect((await again.reader.checksSince(NOON, 0, 1)).rows).toEqual([first])
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
          audit: [audit('a6', { at: NOON + 5 }), audit('a7', { at: NOON + 6, providerId: null })],
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

    it('shows markers among the others, the fleet’s own with a provider’s where they are asked for', async () => {
      const { maker, store } = await withEvents()
      const markers = [marker('b1', { at: NOON + 2 }), marker('b2', { at: NOON + 4, providerId: 'acme' })]
      await store.journal.commit(entry({ markers: [...markers, marker('b3', { providerId: 'other' })] }))
      await store.journal.commit(entry({ markers }))
      const again = await maker.reopen(store)
      const kinds = [...ALL, 'marker'] as const
      const ids = async (over: object) =>
        (await again.reader.events({ ...query, kinds, ...over })).items.map(({ id }) => id)
      const acme = { providerId: 'acme', fleetWide: true }
      expect(await ids({ kinds: ['marker'] })).toEqual(['b2', 'b1', 'b3'])
      expect(await ids({})).toEqual(['a7', 'a6', 'b2', 'a5', 'a4', 'b1', 'a3', 'a2', 'b3', 'a1'])
      expect(await ids(acme)).toEqual(['a7', 'a6', 'b2', 'a4', 'b1', 'a3', 'a2', 'a1'])
      expect(await ids({ ...acme, fleetWide: false })).toEqual(['a6', 'b2', 'a4', 'a3', 'a2', 'a1'])
      expect(await ids({ ...acme, model: 'gpt-4o' })).toEqual(['a4'])
      const first = await again.reader.events({ ...query, kinds, ...acme, limit: 3 })
      expect(await ids({ ...acme, cursor: first.nextCursor })).toEqual(['a4', 'b1', 'a3', 'a2', 'a1'])
      const { items } = await again.reader.events({ ...query, kinds: ['marker'], limit: 2 })
      expect(items.map((item) => fleetEventSchema.parse(item))).toEqual(items)
      expect(items[1]).toEqual({
        kind: 'marker',
        ...marker('b1'),
        at: new Date(NOON + 2).toISOString(),
        model: null,
        persisted: true,
      })
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

    it('keeps an entry written twice once', async () => {
      const { maker, store } = await withEvents()
      await store.journal.commit(
        entry({ transitions: [transition('a1')], events: [overrideSet('a2')], audit: [audit('a6')] }),
      )
      const again = await maker.reopen(store)
      expect((await again.reader.events(query)).items).toHaveLength(7)
    })
  })

  describe('the audit', () => {
    const WHOLE = { ...DAY, cursor: null, limit: 100 }
    const signIn = (id: string, over: object = {}) =>
      audit(id, {
        action: 'sign-in.failed',
        entity: { type: 'user', id: 'u1' },
        providerId: null,
        outcome: 'failed',
        summary: 'a wrong password',
        address: '192.0.2.7',
        requestId: 'r-77',
        before: null,
        after: null,
        ...over,
      })

    /** Every entry as its row, oldest first: what the next one's hash is over. */
    const chained = (...records: AuditRecord[]) => {
      const rows: AuditRow[] = []
      for (const record of records) {
        const last = rows.at(-1)
        rows.push(chainedRow({ number: rows.length, hash: String(last?.hash ?? '') }, record))
      }
      return rows
    }

    it('gives every entry back whole, by falling number, each with the hash of the one before', async () => {
      const { maker, store } = await start()
      const records = [
        audit('a2', { at: NOON + 9 }),
        signIn('a1'),
        audit('a3', { before: { state: 'closed' } }),
      ]
      for (const record of records) await store.journal.commit(entry({ audit: [record] }))
      const again = await maker.reopen(store)
      const { items, nextCursor } = await again.reader.audit(WHOLE)
      expect(nextCursor).toBeNull()
      expect(items).toEqual(
        chained(...records)
          .map(entryOfRow)
          .reverse(),
      )
      expect(items.map(({ number, id }) => `${number} ${id}`)).toEqual(['3 a3', '2 a1', '1 a2'])
      expect(items[2]).toMatchObject({ ...records[0], previousHash: '' })
      await again.journal.commit(entry({ audit: [audit('a4')] }))
      const [last] = (await again.reader.audit({ ...WHOLE, limit: 1 })).items
      expect(last).toMatchObject({ number: 4, previousHash: items[0]?.hash })
    })

    it('is found by who, what, about what, how it ended, when, and by any words of it', async () => {
      const { store } = await start()
      await store.journal.commit(
        entry({
          audit: [
            audit('a1', { ...authorNamed('bob'), summary: 'forced OPEN for 1h', at: NOON + 1 }),
            audit('a2', { action: 'circuit.force.again', reason: 'A_100% reason', at: NOON + 2 }),
            signIn('a3', { actor: 'nobody', actorId: 'nobody', at: NOON + 3 }),
          ],
        }),
      )
      const ids = async (over: object) =>
        (await store.reader.audit({ ...WHOLE, ...over })).items.map(({ id }) => id).join(' ')
      expect(await ids({})).toBe('a3 a2 a1')
      expect(await ids({ actor: 'bob' })).toBe('a1')
      expect(await ids({ actor: 'local:ada' })).toBe('a2')
      expect(await ids({ actor: 'ad' })).toBe('')
      expect(await ids({ action: 'circuit' })).toBe('a2 a1')
      expect(await ids({ action: 'circuit.force' })).toBe('a2 a1')
      expect(await ids({ action: 'circuit.force.again' })).toBe('a2')
      expect(await ids({ action: 'circ' })).toBe('')
      expect(await ids({ entityType: 'user' })).toBe('a3')
      expect(await ids({ entityType: 'circuit', entityId: 'acme' })).toBe('a2 a1')
      expect(await ids({ entityId: 'other' })).toBe('')
      expect(await ids({ outcome: 'failed' })).toBe('a3')
      expect(await ids({ from: NOON + 2, to: NOON + 3 })).toBe('a2')
      expect(await ids({ text: 'forced open' })).toBe('a2 a1')
      expect(await ids({ text: 'a_100% R' })).toBe('a2')
      expect(await ids({ text: 'a%r' })).toBe('')
      expect(await ids({ text: '192.0.2' })).toBe('a3')
      expect(await ids({ text: 'R-77', outcome: 'done' })).toBe('')
    })

    it('is paged without losing or repeating one', async () => {
      const { store } = await start()
      const records = Array.from({ length: 7 }, (_, place) => audit(`a${place}`, { at: NOON - place }))
      await store.journal.commit(entry({ audit: records }))
      const numbers: number[] = []
      let cursor: string | null = null
      do {
        const page = await store.reader.audit({ ...WHOLE, cursor, limit: 3 })
        numbers.push(...page.items.map(({ number }) => number))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1])
      await expect(store.reader.audit({ ...WHOLE, cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    })

    it('has no gap and no second copy where an entry is written twice', async () => {
      const { maker, store } = await start()
      await store.journal.commit(entry({ audit: [audit('a1')] }))
      await store.journal.commit(
        entry({ audit: [audit('a1', { summary: 'other' }), audit('a2'), audit('a2')] }),
      )
      const again = await maker.reopen(store)
      await again.journal.commit(entry({ audit: [audit('a2')] }))
      await again.journal.commit(entry({ audit: [audit('a3')] }))
      const { items } = await again.reader.audit(WHOLE)
      expect(items).toEqual(chained(audit('a1'), audit('a2'), audit('a3')).map(entryOfRow).reverse())
    })

    it('is one chain however many commit at once, with configuration in between', async () => {
      const { store } = await start()
      const commits = Array.from({ length: 60 }, (_, place) => {
        const of = place % 7 === 0 ? { providersSaved: [provider(`p${place}`)] } : {}
        return store.journal.commit(entry({ audit: [audit(`a${place}`)], ...of }))
      })
      await Promise.all(commits)
      const items = (await store.reader.audit(WHOLE)).items.toReversed()
      expect(items.map(({ number }) => number)).toEqual(commits.map((_, place) => place + 1))
      expect(items.map(({ id }) => id)).toEqual(commits.map((_, place) => `a${place}`))
      for (const [place, item] of items.entries())
        expect(item.previousHash).toBe(place === 0 ? '' : items[place - 1]?.hash)
    })

    it('stays when history is forgotten, and feeds tell only what was done to the fleet', async () => {
      const { store } = await start()
      const old = { at: NOON - 11 * HOUR }
      await store.journal.commit(
        entry({
          audit: [
            audit('a1', old),
            signIn('a2', old),
            audit('a3', { ...old, outcome: 'refused' }),
            audit('a4', { ...old, entity: null }),
            audit('a5', { ...old, entity: { type: 'marker', id: 'm' } }),
          ],
        }),
      )
      store.journal.prune({ checks: NOON, rollups: [NOON, NOON, NOON], decisions: NOON - HOUR, incidents: 0 })
      await pruned(store)
      expect((await store.reader.audit(WHOLE)).items).toHaveLength(5)
      const kinds = ['action'] as const
      const asked = { ...DAY, ...FIRST_PAGE, providerId: null, model: undefined, kinds }
      expect((await store.reader.events(asked)).items.map(({ id }) => id)).toEqual(['a1'])
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

  describe('routes', () => {
    it('are found by name as they were left: the last content, and none that was deleted', async () => {
      const { maker, store } = await start()
      const plain = route('plain', {
        models: [],
        members: [{ providerId: 'acme', model: null, weight: null, priority: null }],
        strategy: { type: 'single', providerId: 'acme' },
        limits: { maxAttempts: null, timeoutMs: null, firstTokenTimeoutMs: null, stallTimeoutMs: null },
      })
      await Promise.all([
        store.journal.commit(entry({ routesSaved: [route('chat'), plain, route('gone')] })),
        store.journal.commit(entry({ routesDeleted: ['gone'] })),
        store.journal.commit(
          entry({ routesSaved: [route('chat', { version: 2, models: ['gpt-5'], updatedAt: NOON + 1 })] }),
        ),
      ])
      const { restored } = await maker.reopen(store)
      expect(restored.routes).toEqual([
        route('chat', { version: 2, models: ['gpt-5'], updatedAt: NOON + 1 }),
        plain,
      ])
      expect(restored.warnings).toEqual([])
    })

    it('keep every strategy', async () => {
      const { maker, store } = await start()
      const strategies: Parameters<typeof route>[1][] = [
        { strategy: { type: 'load-balance', algorithm: 'least-busy' } },
        { strategy: { type: 'failover', policy: { type: 'threshold', failures: 3 } } },
        { strategy: { type: 'failover', policy: { type: 'cost' } } },
        { strategy: { type: 'geographic' } },
        { strategy: { type: 'cost', maxLatencyMs: null, minSuccessRate: 0.9 } },
        {
          strategy: {
            type: 'adaptive',
            weights: { success: 0.5, latency: 0.25, cost: 0.25 },
            exploration: 0.01,
          },
        },
      ]
      const routes = strategies.map((over, place) => route(`route-${place}`, over))
      await store.journal.commit(entry({ routesSaved: routes }))
      expect((await maker.reopen(store)).restored.routes).toEqual(routes)
    })

    it('are created and deleted in the order of the entries, however fast they come', async () => {
      const { maker, store } = await start()
      const order = [
        entry({ routesSaved: [route('chat', { version: 1 })] }),
        entry({ routesDeleted: ['chat'] }),
        entry({ routesSaved: [route('chat', { version: 9 })] }),
      ]
      await Promise.all(order.map((one) => store.journal.commit(one)))
      expect((await maker.reopen(store)).restored.routes.map(({ version }) => version)).toEqual([9])
    })
  })

  it('keeps client keys, and none that was deleted', async () => {
    const { maker, store } = await start()
    const free = clientKey('k2', { routes: null, requestsPerMinute: null, tokensPerMinute: 5_000 })
    await store.journal.commit(entry({ clientKeysSaved: [free, clientKey('k1'), clientKey('k3')] }))
    await store.journal.commit(entry({ clientKeysSaved: [clientKey('k1', { lastUsedAt: NOON + MINUTE })] }))
    await store.journal.commit(entry({ clientKeysDeleted: ['k3'] }))
    expect((await maker.reopen(store)).restored.clientKeys).toEqual([
      clientKey('k1', { lastUsedAt: NOON + MINUTE }),
      free,
    ])
  })

  describe('decisions', () => {
    const query = { ...FIRST_PAGE, route: null, providerId: null, failed: null }

    async function withDecisions(decisions: readonly KeptDecision[]) {
      const { maker, store } = await start()
      for (const one of decisions) store.journal.appendDecision(one)
      await expect.poll(() => store.journal.status().waitingDecisions, SOON).toBe(0)
      return { maker, store }
    }

    it('give every fact back as the wire wants it', async () => {
      const { store } = await withDecisions([kept('d1', { returnsAt: NOON + 5_000 })])
      const { items } = await store.reader.decisions(query)
      expect(items.map((item) => decisionSchema.parse(item))).toEqual(items)
      const { decision } = kept('d1')
      const iso = new Date(NOON).toISOString()
      expect(items).toEqual([
        {
          ...decision,
          at: iso,
          chosen: 'beta',
          returnsAt: new Date(NOON + 5_000).toISOString(),
          attempts: [{ ...decision.attempts[0], at: iso }],
          permit: null,
        },
      ])
    })

    it('are filtered by route, by who was chosen or tried, and by whether they failed', async () => {
      const tried = kept('d2').decision.attempts.map((attempt) => ({ ...attempt, providerId: 'acme' }))
      const { store } = await withDecisions([
        kept('d1', { at: NOON }),
        kept('d2', { at: NOON + 1, attempts: [...tried, ...kept('d2').decision.attempts], failedOver: true }),
        kept('d3', { at: NOON + 2, route: 'mail', chosen: null, attempts: [], failed: true }),
        kept('d4', { at: NOON + 3, chosen: 0, attempts: tried, failed: true }),
      ])
      const ids = async (over: object) =>
        (await store.reader.decisions({ ...query, ...over })).items.map(({ id }) => id)
      expect(await ids({})).toEqual(['d4', 'd3', 'd2', 'd1'])
      expect(await ids({ route: 'mail' })).toEqual(['d3'])
      expect(await ids({ providerId: 'beta' })).toEqual(['d2', 'd1'])
      expect(await ids({ providerId: 'acme' })).toEqual(['d4', 'd2'])
      expect(await ids({ providerId: 'acm' })).toEqual([])
      expect(await ids({ failed: true })).toEqual(['d4', 'd3'])
      expect(await ids({ failed: false, route: 'chat' })).toEqual(['d2', 'd1'])
    })

    it('are paged without losing or repeating one of the same time', async () => {
      const { store } = await withDecisions(
        Array.from({ length: 7 }, (_, place) => kept(`d${place}`, { at: NOON + (place >> 1) })),
      )
      const ids: string[] = []
      let cursor: string | null = null
      do {
        const page = await store.reader.decisions({ ...query, cursor, limit: 2 })
        ids.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(ids).toEqual(['d6', 'd5', 'd4', 'd3', 'd2', 'd1', 'd0'])
      await expect(store.reader.decisions({ ...query, cursor: 'nonsense' })).rejects.toMatchObject({
        code: 'invalid_input',
        fields: [{ path: 'cursor' }],
      })
    })

    it('are found by their id, and by the id their client was given: the newest of it', async () => {
      const { store } = await withDecisions([
        kept('d1', { requestId: 'mine', at: NOON }),
        kept('d2', { requestId: 'mine', at: NOON + 1 }),
        kept('d3', { requestId: null }),
      ])
      const found = async (id: string) => (await store.reader.decision(id))?.id ?? null
      expect(await found('d1')).toBe('d1')
      expect(await found('mine')).toBe('d2')
      expect(await found('nobody’s')).toBeNull()
    })

    it('written twice are there once, as they were first', async () => {
      const { store } = await withDecisions([kept('d1'), kept('d1', { model: 'another' })])
      expect((await store.reader.decisions(query)).items).toMatchObject([{ id: 'd1', model: 'gpt-4o' }])
    })

    it('are forgotten when told, all that are older', async () => {
      const { store } = await withDecisions(
        Array.from({ length: 250 }, (_, place) => kept(`d${place}`, { at: NOON - 249 + place })),
      )
      store.journal.prune({ checks: NOON, rollups: [], decisions: NOON, incidents: 0 })
      const left = async () => (await store.reader.decisions({ ...query, limit: 500 })).items
      await expect.poll(async () => (await left()).map(({ id }) => id), SOON).toEqual(['d249'])
    })

    it('are counted for ever: the last total of each reason is the one that stands', async () => {
      const { maker, store } = await start()
      const nobody = decisionCount(4, { providerId: null, reasonCode: 'none_eligible' })
      store.journal.saveDecisionCounts([decisionCount(7), nobody])
      store.journal.saveDecisionCounts([decisionCount(9), decisionCount(1, { route: 'mail' })])
      const again = await maker.reopen(store)
      expect(again.restored.decisionCounts).toEqual([
        nobody,
        decisionCount(9),
        decisionCount(1, { route: 'mail' }),
      ])
      again.journal.saveDecisionCounts([decisionCount(5_000_000_000)])
      const { decisionCounts } = (await maker.reopen(again)).restored
      expect(decisionCounts).toContainEqual(decisionCount(5_000_000_000))
      expect(decisionCounts).toHaveLength(3)
    })
  })

  describe('old checks', () => {
    const before = { checks: NOON, rollups: [], decisions: NOON - HOUR, incidents: 0 }
    const asked = { from: 0, to: NOON + HOUR, cursor: null, limit: 1_000, class: null, source: null }

    /** Rolls all up that is due long after noon, and forgets what is older than noon. */
    function forget({ journal }: Store) {
      journal.rollUp({ now: NOON + HOUR, slowMs: { acme: 1_000 } })
      journal.prune(before)
    }

    it('are forgotten when told, all of them, and nothing else', async () => {
      const old = Array.from({ length: 1_203 }, (_, place) =>
        check({ at: NOON - 1 - place, class: 'provider_error', message: 'old' }),
      )
      const { store } = await withChecks([
        ...old,
        check({ at: NOON }),
        check({ at: NOON - 7, providerId: 'other' }),
      ])
      await store.journal.commit(entry({ transitions: [transition('t1', { at: NOON - HOUR })] }))
      forget(store)
      await expect
        .poll(async () => {
          // A prune that finds what is not rolled up yet leaves it for the next one.
          store.journal.prune(before)
          return (await store.reader.checksSince(0, 0, 10)).rows
        }, SOON)
        .toEqual([check({ at: NOON })])
      expect(await store.reader.stateBefore({ providerId: null, at: NOON })).toHaveLength(1)
    })

    it('leave what they came to in the history, and the newest 50 failures of each provider in the log', async () => {
      const failure = { class: 'provider_error', kind: 'reset', message: 'it broke' } as const
      const { maker, store } = await withChecks([
        ...Array.from({ length: 70 }, (_, place) => check({ ...failure, at: NOON - HOUR + place })),
        check({ ...failure, class: 'credentials', at: NOON - 2 * HOUR, providerId: 'other' }),
        check({ at: NOON - 30 * MINUTE, latencyMs: 2_000 }),
        check({ at: NOON - 20 * MINUTE, class: 'rate_limited' }),
        check({ at: NOON - 10 * MINUTE, class: null, skipped: 'budget_spent' }),
        check({ at: NOON + 1 }),
      ])
      const history = async (reader: Store['reader']) =>
        (
          await reader.history({
            ...{ from: NOON - DAY_MS, to: NOON, providerId: 'acme', source: null, model: null },
            resolutionMs: DAY_MS,
            slowMs: 1_000,
          })
        ).buckets
      const whole = await history(store.reader)
      expect(whole).toMatchObject([
        {
          count: 73,
          slow: 1,
          byClass: { ok: 2, provider_error: 70, rate_limited: 1 },
          latency: { max: 2_000 },
        },
      ])
      forget(store)
      await expect
        .poll(async () => {
          store.journal.prune(before)
          return (await store.reader.checksSince(0, 0, 10)).rows.length
        }, SOON)
        .toBe(1)
      const again = await maker.reopen(store)
      expect(await history(again.reader)).toEqual(whole)
      const { items } = await again.reader.checks({ ...asked, providerId: 'acme' })
      expect(items.map(({ at }) => Date.parse(at) - NOON)).toEqual([
        1,
        ...Array.from({ length: 50 }, (_, place) => -HOUR + 69 - place),
      ])
      expect(items[1]).toMatchObject({
        class: 'provider_error',
        kind: 'reset',
        error: 'it broke',
        httpStatus: 200,
      })
      const page = await again.reader.checks({
        ...asked,
        providerId: 'acme',
        limit: 40,
        class: 'provider_error',
      })
      const rest = await again.reader.checks({
        ...{ ...asked, providerId: 'acme', limit: 40, class: 'provider_error', cursor: page.nextCursor },
      })
      expect([...page.items, ...rest.items]).toEqual(items.slice(1))
      expect((await again.reader.checks({ ...asked, providerId: 'other' })).items).toHaveLength(1)
    })

    it('stay until they are rolled up', async () => {
      const { store } = await withChecks([check({ at: NOON - HOUR }), check({ at: NOON + 1 })])
      store.journal.prune(before)
      await store.journal.commit(entry({ transitions: [transition('t1')] }))
      await pruned(store)
      expect((await store.reader.checksSince(0, 0, 10)).rows).toHaveLength(2)
    })
  })

  it('refuses questions once it is closed', async () => {
    const { store } = await start()
    await closeStore(store)
    await expect(store.reader.settingsVersion(1)).rejects.toMatchObject({
      name: 'AppError',
      code: 'unavailable',
    })
  })
})
