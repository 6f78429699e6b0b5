import { afterAll, afterEach, describe, expect, it } from 'vitest'
import {
  alerting,
  alertRule,
  channel,
  delivery,
  incident,
  incidentEvent,
  silence,
} from './storage/test-alerting-records.ts'
import { entry, NOON } from './storage/test-records.ts'
import { type Store, testStores } from './test-stores.ts'

const HOUR = 3_600_000
const DAY = { from: NOON - 12 * HOUR, to: NOON + 12 * HOUR }
const FIRST_PAGE = { cursor: null, limit: 50 }

const stores = testStores()
afterEach(() => stores.closeAll())
afterAll(() => stores.remove())

const keep = (store: Store, part: Parameters<typeof alerting>[0]) =>
  store.journal.commit(entry({ alerting: alerting(part) }))

describe.each(stores.makers)('what %s keeps of alerts', (_name, makeMaker) => {
  const start = async () => {
    const maker = makeMaker()
    return { maker, store: await maker.open() }
  }

  it('is found by a restart as it was left: configuration, open incidents, waiting deliveries', async () => {
    const { maker, store } = await start()
    const night = silence('night', {
      until: null,
      recurrence: { cron: '0 2 * * 0', timeZone: 'Australia/Lord_Howe', durationMs: HOUR },
      matchers: [{ field: 'tag', operator: 'matches', value: 'chat*' }],
    })
    const unaware = alertRule('b')
    const oldName = { ...unaware, rule: { ...unaware.rule, name: 'from before\nthe rule for names' } }
    await keep(store, {
      rulesSaved: [oldName, alertRule('a'), alertRule('c')],
      channelsSaved: [channel('ops'), channel('gone')],
      silencesSaved: [silence('now'), night],
      incidents: [incident('acme'), incident('beta')],
      deliveries: [delivery('d2', { createdAt: NOON + 1 }), delivery('d1'), delivery('d3')],
    })
    const renamed = alertRule('a', { version: 2, channels: null, updatedAt: NOON + 5 })
    const over = incident('beta', { state: 'resolved', resolvedAt: NOON + HOUR })
    const result = {
      outcome: 'retry',
      status: 503,
      answer: 'busy',
      retryAfterMs: 5_000,
      detail: 'busy',
    } as const
    const tried = delivery('d1', { attempts: 1, nextAttemptAt: NOON + 5_000, lastResult: result })
    await keep(store, {
      rulesSaved: [renamed],
      rulesDeleted: ['c'],
      channelsSaved: [channel('ops', { enabled: false, version: 2 })],
      channelsDeleted: ['gone'],
      silencesDeleted: ['now'],
      incidents: [over],
      deliveries: [tried, delivery('d3', { state: 'delivered', nextAttemptAt: null, endedAt: NOON + 9 })],
    })
    expect((await maker.reopen(store)).restored.alerting).toEqual({
      rules: [renamed, oldName],
      channels: [channel('ops', { enabled: false, version: 2 })],
      silences: [night],
      openIncidents: [incident('acme')],
      waitingDeliveries: [tried, delivery('d2', { createdAt: NOON + 1 })],
    })
  })

  it('tells an incident with its story, oldest first, and of none that there is none', async () => {
    const { store } = await start()
    const acme = incident('acme')
    await keep(store, {
      incidents: [acme],
      incidentEvents: [
        incidentEvent('e2', { at: NOON + 2, type: 'resolved', actor: null, text: 'over' }),
        incidentEvent('e1'),
      ],
      deliveries: [delivery('d1')],
    })
    // Written again after an answer that was lost.
    await keep(store, { incidentEvents: [incidentEvent('e1', { text: 'another text' })] })
    expect(await store.reader.incident(acme.id)).toEqual({
      incident: acme,
      events: [
        incidentEvent('e1'),
        incidentEvent('e2', { at: NOON + 2, type: 'resolved', actor: null, text: 'over' }),
      ],
      deliveries: [delivery('d1')],
    })
    expect(await store.reader.incident('nobody')).toBeNull()
  })

  it('tells incidents page by page, newest first', async () => {
    const { store } = await start()
    const at = (provider: string, minute: number, isOver = false) =>
      incident(provider, {
        startedAt: NOON + minute * 60_000,
        ...(isOver ? { state: 'resolved', resolvedAt: NOON + HOUR } : {}),
      })
    const all = [at('a', 1), at('b', 2, true), at('c', 2), at('d', 3, true), at('e', -24 * 60)]
    await keep(store, { incidents: all })
    const page = async (state: 'open' | 'resolved' | null, cursor: string | null, limit = 2) => {
      const { items, nextCursor } = await store.reader.incidents({
        ...DAY,
        state,
        providerId: null,
        cursor,
        limit,
      })
      return { causes: items.map(({ cause }) => cause.slice('provider:'.length)).join(''), nextCursor }
    }
    const first = await page(null, null)
    expect(first.causes).toBe('dc')
    expect(await page(null, first.nextCursor)).toEqual({ causes: 'ba', nextCursor: null })
    expect((await page('open', null, 9)).causes).toBe('ca')
    expect((await page('resolved', null, 9)).causes).toBe('db')
  })

  it('tells the incidents about one provider, whatever lies between them', async () => {
    const { store } = await start()
    const [member] = incident('acme').members
    if (member === undefined) throw new Error('It has no alert.')
    const alertOf = (providerId: string | null) => ({ ...member, labels: { ...member.labels, providerId } })
    const about = (id: string, minute: number, providers: readonly (string | null)[], isOver = true) =>
      incident(id, {
        startedAt: NOON + minute * 60_000,
        members: providers.map(alertOf),
        ...(isOver ? { state: 'resolved', resolvedAt: NOON + HOUR } : {}),
      })
    const others = Array.from({ length: 20 }, (_, nth) => about(`x${nth}`, 10 + nth, ['beta', null]))
    await keep(store, {
      incidents: [
        about('a', 1, ['acme']),
        about('b', 2, ['beta', 'acme']),
        ...others,
        about('c', 40, ['acme', 'acme']),
        about('d', 41, ['acme'], false),
        about('e', -24 * 60, ['acme']),
      ],
    })
    const page = async (providerId: string, cursor: string | null, state: 'resolved' | null = 'resolved') => {
      const query = { ...DAY, state, providerId, cursor, limit: 2 }
      const { items, nextCursor } = await store.reader.incidents(query)
      return { causes: items.map(({ cause }) => cause.slice('provider:'.length)).join(''), nextCursor }
    }
    const first = await page('acme', null)
    expect(first.causes).toBe('cb')
    expect(await page('acme', first.nextCursor)).toEqual({ causes: 'a', nextCursor: null })
    expect((await page('acme', null, null)).causes).toBe('dc')
    expect(await page("acme' OR 1", null)).toEqual({ causes: '', nextCursor: null })
  })

  it('forgets incidents that have long been over, with their story, and no others', async () => {
    const { store } = await start()
    const over = (provider: string, at: number) => incident(provider, { state: 'resolved', resolvedAt: at })
    const all = [over('old', NOON - 1), over('new', NOON), incident('open')]
    await keep(store, {
      incidents: all,
      incidentEvents: all.map(({ id }) => incidentEvent(`e-${id}`, { incidentId: id })),
      deliveries: all.map(({ id }) => delivery(`d-${id}`, { incidentId: id })),
    })
    store.journal.prune({ checks: 0, rollups: [], decisions: 0, incidents: NOON })
    await expect.poll(() => store.reader.incident('of-old'), { timeout: 20_000, interval: 5 }).toBeNull()
    expect(await store.reader.delivery('d-of-old')).toBeNull()
    for (const id of ['of-new', 'of-open'])
      expect(await store.reader.incident(id)).toMatchObject({
        incident: { id },
        events: [{ id: `e-${id}` }],
        deliveries: [{ id: `d-${id}` }],
      })
  })

  it('tells deliveries by state and channel', async () => {
    const { store } = await start()
    const dead = (id: string, channelId: string) =>
      delivery(id, { channelId, state: 'dead', nextAttemptAt: null, endedAt: NOON + HOUR, incidentId: null })
    await keep(store, { deliveries: [dead('a', 'ops'), dead('b', 'mail'), delivery('c')] })
    const ids = async (channelId: string | null, state: 'dead' | 'waiting') =>
      (await store.reader.deliveries({ ...FIRST_PAGE, channelId, state })).items.map(({ id }) => id)
    expect(await ids(null, 'dead')).toEqual(['b', 'a'])
    expect(await ids('ops', 'dead')).toEqual(['a'])
    expect(await ids(null, 'waiting')).toEqual(['c'])
    expect(await store.reader.delivery('b')).toEqual(dead('b', 'mail'))
    expect(await store.reader.delivery('nobody')).toBeNull()
  })
})
