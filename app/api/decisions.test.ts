import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kept } from '#lib/adapters/storage/test-routing-records.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'

let stage: Stage

const provider = (id: string) => ({
  id,
  name: `The ${id}`,
  kind: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:1/v1',
})

beforeEach(async () => {
  stage = await stageRuntime()
  for (const id of ['acme', 'beta']) await call('createProvider', { body: provider(id) })
  await call('createRoute', {
    body: {
      name: 'chat',
      models: ['gpt-4o*'],
      members: [{ providerId: 'acme' }, { providerId: 'beta', priority: 1 }],
      strategy: { type: 'failover', policy: { type: 'immediate' } },
    },
  })
})
afterEach(() => stage.close())

const select = (body: object = {}) =>
  call('selectProvider', { params: { name: 'chat' }, body: { model: 'gpt-4o', ...body } })
const report = (...outcomes: object[]) => call('reportOutcomes', { body: outcomes })
const permitOf = async (body: object = {}) => (await select(body)).body.permit?.token ?? ''
const decisions = async (query: Record<string, string> = {}) =>
  (await call('readDecisions', { query })).body.items

describe('select', () => {
  it('chooses, says why of everybody, and hands out a permit that goes back with the outcome', async () => {
    const chosen = await select({ userId: 'ada', headers: { 'X-Team': 'blue' }, estimatedTokens: 1_200 })
    expect(chosen).toMatchObject({
      status: 200,
      body: {
        route: 'chat',
        strategy: 'failover',
        chosen: 'acme',
        panic: false,
        candidates: [
          { providerId: 'acme', eligible: true },
          { providerId: 'beta', eligible: true },
        ],
        attempts: [],
        permit: { trial: false, token: expect.any(String) as string },
      },
    })
    const { id, permit } = chosen.body
    expect(
      await report({ providerId: 'acme', class: 'ok', latencyMs: 120, permit: permit?.token }),
    ).toMatchObject({
      status: 200,
      body: { accepted: 1 },
    })
    expect((await call('readDecision', { params: { id } })).body).toMatchObject({
      id,
      chosen: 'acme',
      attempts: [{ providerId: 'acme', class: 'ok', latencyMs: 120 }],
      permit: null,
    })
    expect((await call('readProvider', { params: { id: 'acme' } })).body.snapshot.lastHour).toMatchObject({
      count: 1,
      successRate: 1,
    })
  })

  it('leaves out whom it is told to, for the next attempt', async () => {
    expect((await select({ exclude: ['acme'] })).body).toMatchObject({
      chosen: 'beta',
      candidates: [{ providerId: 'acme', eligible: false, drop: 'excluded' }, { eligible: true }],
    })
    expect((await select({ exclude: ['acme', 'beta'] })).body).toMatchObject({ chosen: null, permit: null })
  })

  it('leaves no trace in a dry run, also of what if a circuit opened', async () => {
    expect((await select({ dryRun: true, supposeOpen: ['acme'] })).body).toMatchObject({
      chosen: 'beta',
      permit: null,
      candidates: [{ providerId: 'acme', drop: 'circuit_open' }, { eligible: true }],
    })
    expect(await decisions()).toEqual([])
    expect((await call('readDecisionCounts')).body.items).toEqual([])
    expect((await call('readRouting')).body.routes).toMatchObject([{ requests: { count: 0 } }])
  })

  it.each<[why: string, body: object, path: string]>([
    ['circuits supposed open for real', { supposeOpen: ['acme'] }, 'supposeOpen'],
    ['an unknown provider supposed open', { dryRun: true, supposeOpen: ['acme', 'nobody'] }, 'supposeOpen.1'],
    ['half a token', { estimatedTokens: 0.5 }, 'estimatedTokens'],
    ['an unknown fact', { colour: 'red' }, 'colour'],
    ['an empty model', { model: ' ' }, 'model'],
  ])('is refused at the field: %s', async (_why, body, path) => {
    expect(await select(body)).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
    expect(await decisions()).toEqual([])
  })

  it('knows no route of another name', async () => {
    const answer = await call('selectProvider', { params: { name: 'nothing' }, body: {} })
    expect(answer).toMatchObject({ status: 404, problem: { id: 'nothing' } })
  })

  it('does not choose a provider that was deleted: its member stays, and says so', async () => {
    await call('deleteProvider', { params: { id: 'acme' } })
    const supposed = await select({ dryRun: true, supposeOpen: ['acme'] })
    expect(supposed, 'a member still').toMatchObject({ status: 200, body: { chosen: 'beta' } })
    expect((await select()).body).toMatchObject({
      chosen: 'beta',
      candidates: [
        { providerId: 'acme', eligible: false, drop: 'disabled', reason: 'its provider was deleted' },
        { providerId: 'beta', eligible: true },
      ],
    })
    expect((await call('readRouting')).body.routes).toMatchObject([{ eligibleMembers: 1 }])
    await call('createProvider', { body: provider('acme') })
    expect((await select()).body.chosen).toBe('acme')
  })
})

describe('outcomes with a permit', () => {
  const failed = { providerId: 'acme', class: 'provider_error', latencyMs: 5 }

  it('are all refused when one gives the permit of another provider', async () => {
    const permit = await permitOf()
    expect(await report({ ...failed, permit }, { ...failed, providerId: 'beta', permit })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: '1.permit', message: 'this permit is for acme, not for beta' }] },
    })
    expect(await report({ ...failed, permit })).toMatchObject({ status: 200 })
    expect(await decisions({ failed: 'true' })).toHaveLength(1)
  })

  it('count once for their decision, however often the permit comes', async () => {
    const permit = await permitOf()
    await report({ ...failed, permit })
    await report({ ...failed, permit })
    expect(await decisions()).toMatchObject([{ attempts: [{ class: 'provider_error' }] }])
    expect((await call('readMonitor')).body.providers[0]).toMatchObject({ lastHour: { count: 2 } })
  })

  it('are refused at the permit when it is none', async () => {
    expect(await report({ ...failed, permit: '' })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: '0.permit' }] },
    })
  })
})

describe('decisions', () => {
  async function some() {
    const ids = []
    for (const [exclude, outcome] of [
      [[], 'ok'],
      [['acme'], 'provider_error'],
      [[], 'ok'],
    ] as const) {
      const { id, chosen, permit } = (await select({ exclude })).body
      ids.push(id)
      await report({ providerId: chosen, class: outcome, latencyMs: 10, permit: permit?.token })
    }
    return ids
  }

  it('are found by route, provider and failure, newest first and page by page', async () => {
    const [first, second, third] = await some()
    const ids = async (query: Record<string, string>) => (await decisions(query)).map(({ id }) => id)
    expect(await ids({})).toEqual([third, second, first])
    expect(await ids({ failed: 'true' })).toEqual([second])
    expect(await ids({ failed: 'false', providerId: 'acme' })).toEqual([third, first])
    expect(await ids({ providerId: 'beta' })).toEqual([second])
    expect(await ids({ route: 'mail' })).toEqual([])
    const page = (await call('readDecisions', { query: { limit: '2' } })).body
    expect(await ids({ cursor: page.nextCursor ?? '' })).toEqual([first])
  })

  it('that were kept are found after a restart, by their id and by the request’s', async () => {
    stage.storage.journal.appendDecision(kept('d1', { requestId: 'request-1' }))
    await expect.poll(() => stage.storage.journal.status().waitingDecisions).toBe(0)
    for (const id of ['d1', 'request-1'])
      expect((await call('readDecision', { params: { id } })).body).toMatchObject({
        id: 'd1',
        chosen: 'beta',
      })
    expect(await decisions({ providerId: 'beta' })).toMatchObject([{ id: 'd1', requestId: 'request-1' }])
    expect(await call('readDecision', { params: { id: 'nothing' } })).toMatchObject({
      status: 404,
      problem: { id: 'nothing' },
    })
  })

  it('are kept on disk with what they are found by', async () => {
    const [, second] = await some()
    await expect.poll(() => stage.storage.journal.status().waitingDecisions).toBe(0)
    const query = { cursor: null, limit: 10, route: 'chat', providerId: 'beta', failed: true }
    expect((await stage.storage.reopen().reader.decisions(query)).items).toMatchObject([{ id: second }])
  })

  it('of the last moment are shown while the database is away; others are asked for in vain', async () => {
    const [first] = await some()
    stage.storage.failReads()
    expect(await decisions()).toHaveLength(3)
    expect(await call('readDecision', { params: { id: first! } })).toMatchObject({ status: 200 })
    expect(await call('readDecision', { params: { id: 'older' } })).toMatchObject({ status: 503 })
    expect(await call('readDecisions', { query: { route: 'mail' } })).toMatchObject({ status: 503 })
  })

  it('are counted on where the last start ended, on the routes it had', async () => {
    await some()
    const before = (await call('readDecisionCounts')).body
    const { storage } = stage
    await stage.close()
    stage = await stageRuntime(storage.reopen())
    expect((await call('readDecisionCounts')).body).toEqual(before)
    await select()
    const total = async () =>
      (await call('readDecisionCounts')).body.items.reduce((sum, { count }) => sum + count, 0)
    expect(await total()).toBe(4)
    expect(await decisions()).toHaveLength(3)
  })

  it.each([
    [{ limit: '501' }, 'limit'],
    [{ failed: 'yes' }, 'failed'],
    [{ cursor: 'nonsense' }, 'cursor'],
  ])('are not asked for in riddles: %o', async (query, path) => {
    expect(await call('readDecisions', { query })).toMatchObject({
      status: 422,
      problem: { errors: [{ path }] },
    })
  })

  it('are counted by route, provider and reason, page by page', async () => {
    await some()
    await select({ exclude: ['acme', 'beta'] })
    const { items, nextCursor } = (await call('readDecisionCounts', { query: { limit: '2' } })).body
    const rest = (await call('readDecisionCounts', { query: { cursor: nextCursor ?? '' } })).body.items
    const all = [...items, ...rest]
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(4)
    expect(all.filter(({ providerId }) => providerId === 'acme')).toMatchObject([{ route: 'chat', count: 2 }])
    expect(all.filter(({ providerId }) => providerId === null)).toEqual([
      { route: 'chat', providerId: null, reasonCode: 'none_eligible', count: 1 },
    ])
  })
})

describe('how routing stands', () => {
  it('tells of each route who is eligible and who had which share', async () => {
    await report({ providerId: 'acme', class: 'ok', latencyMs: 9, permit: await permitOf() })
    expect((await call('readRouting')).body).toMatchObject({
      gatewayUrl: null,
      routes: [
        {
          name: 'chat',
          strategy: 'failover',
          eligibleMembers: 2,
          members: [
            { providerId: 'acme', actualShare: 1, eligible: true },
            { providerId: 'beta', actualShare: 0, eligible: true },
          ],
          requests: { count: 1, failed: 0 },
        },
      ],
    })
  })
})

describe('forcing open the last eligible member of a route', () => {
  const force = (providerId: string, over: object = {}) =>
    call('setOverride', {
      params: { providerId },
      body: { mode: 'forced_open', reason: 'maintenance', ttl: '10m', ...over },
    })

  it('wants the provider’s name, and says of which routes it is the last', async () => {
    expect(await force('acme')).toMatchObject({ status: 200 })
    const refused = await force('beta', { confirm: 'beta' })
    expect(refused).toMatchObject({
      status: 409,
      problem: { routes: ['chat'], errors: [{ path: 'confirm' }] },
    })
    expect(refused.problem.detail).toContain('"chat"')
    expect((await select()).body.chosen).toBe('beta')
    expect(await force('beta', { confirm: 'The beta' })).toMatchObject({
      status: 200,
      body: { circuit: { effective: 'open' } },
    })
    expect((await select()).body).toMatchObject({
      chosen: null,
      panic: false,
      candidates: [{ drop: 'forced_open' }, { drop: 'forced_open' }],
    })
  })
})
