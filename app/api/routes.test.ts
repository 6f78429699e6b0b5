import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { sha256 } from '#lib/adapters/secrets/sha256.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { findClientKey } from '#lib/services/routing/client-keys.ts'
import { call } from './call.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
  for (const id of ['acme', 'beta']) {
    const body = { id, name: `The ${id}`, kind: 'http', baseUrl: 'http://127.0.0.1:1/health' }
    await call('createProvider', { body })
  }
})
afterEach(() => stage.close())

const content = {
  models: ['gpt-4o*', 'gpt-5'],
  members: [
    { providerId: 'acme', weight: 3 },
    { providerId: 'beta', model: 'gpt-4o-eu', priority: 2 },
  ],
  strategy: { type: 'load-balance', algorithm: 'weighted' },
}
const create = (over: object = {}, headers: Record<string, string> = {}) =>
  call('createRoute', { body: { name: 'chat', ...content, ...over }, headers })
const replace = (over: object = {}, name = 'chat') =>
  call('replaceRoute', { params: { name }, body: { expectedVersion: 1, ...content, ...over } })
const chat = { params: { name: 'chat' } }

/** What operators are on record for, newest first. */
const onRecord = async ({ reader }: MemoryStorage) =>
  (await reader.audit({ from: 0, to: Number.MAX_SAFE_INTEGER, cursor: null, limit: 10 })).items

describe('routes', () => {
  it('are added, read, replaced and deleted, each on record with what was before and after', async () => {
    const created = await create()
    expect(created).toMatchObject({
      status: 201,
      body: {
        persisted: true,
        route: {
          name: 'chat',
          models: ['gpt-4o*', 'gpt-5'],
          members: [
            { providerId: 'acme', model: null, weight: 3, priority: null },
            { providerId: 'beta', model: 'gpt-4o-eu', weight: null, priority: 2 },
          ],
          strategy: { type: 'load-balance', algorithm: 'weighted' },
          limits: { maxAttempts: null, timeout: null, firstTokenTimeout: null, stallTimeout: null },
          version: 1,
        },
      },
    })
    expect((await call('readRoutes')).body).toEqual({ items: [created.body.route], nextCursor: null })
    const strategy = { type: 'failover', policy: { type: 'latency', p95: '2500ms' } }
    const limits = { maxAttempts: 2, timeout: '90s' }
    const replaced = await replace({ strategy, limits, models: ['gpt-5'] })
    expect(replaced).toMatchObject({
      status: 200,
      body: {
        persisted: true,
        route: { strategy, limits, version: 2, createdAt: created.body.route.createdAt },
      },
    })
    expect((await call('readRoute', chat)).body).toEqual(replaced.body.route)
    const reason = 'no longer used'
    expect(await call('deleteRoute', { ...chat, body: { reason } })).toMatchObject({
      status: 200,
      body: { persisted: true },
    })
    expect(await call('readRoute', chat)).toMatchObject({ status: 404, problem: { id: 'chat' } })
    const actions = await onRecord(stage.storage)
    expect(actions.filter(({ action }) => action.startsWith('route.'))).toMatchObject([
      { action: 'route.delete', actor: 'operator', reason, before: { version: 2 }, after: null },
      { action: 'route.replace', before: created.body.route, after: replaced.body.route },
      { action: 'route.create', before: null, after: created.body.route, summary: 'added route chat' },
    ])
  })

  it('are in force at once, and found by the next start', async () => {
    await create()
    await replace({ models: ['other'] })
    await create({ name: 'mail', models: [] })
    await call('deleteRoute', { params: { name: 'mail' } })
    const { routes } = stage.runtime.engine.routing
    expect([...routes.values()]).toMatchObject([{ name: 'chat', models: ['other'], version: 2 }])
    expect(stage.storage.reopen().restored.routes).toEqual([...routes.values()])
  })

  it('are listed by name, page by page', async () => {
    for (const name of ['c', 'a', 'b']) await create({ name, models: [] })
    const first = (await call('readRoutes', { query: { limit: '2' } })).body
    const second = (await call('readRoutes', { query: { limit: '2', cursor: first.nextCursor! } })).body
    expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('are added once however often the request with its key comes', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = await Promise.all([create({}, headers), create({}, headers)])
    expect(first.status).toBe(201)
    expect(second.body).toEqual(first.body)
    expect(await create()).toMatchObject({ status: 422 })
  })

  it('are not replaced by somebody who saw an older version, who is told the present one', async () => {
    await create()
    await replace({ models: ['mine'] })
    expect(await replace({ models: ['theirs'] })).toMatchObject({
      status: 409,
      problem: { currentVersion: 2, current: { name: 'chat', models: ['mine'], version: 2 } },
    })
    expect((await call('readRoute', chat)).body.models).toEqual(['mine'])
  })

  it('answer 202 when they hold but are not on disk yet', async () => {
    stage.storage.failWrites()
    expect(await create()).toMatchObject({ status: 202, body: { persisted: false } })
    expect((await call('readRoutes')).body.items).toHaveLength(1)
  })

  it.each<[why: string, over: object, errors: object[]]>([
    ['no name', { name: '' }, [{ path: 'name' }]],
    ['a name for no path', { name: 'Chat Room' }, [{ path: 'name' }]],
    ['no member', { members: [] }, [{ path: 'members', message: 'choose at least one provider' }]],
    [
      'an unknown provider',
      { members: [{ providerId: 'acme' }, { providerId: 'nobody' }] },
      [{ path: 'members.1.providerId', message: 'there is no provider "nobody"' }],
    ],
    [
      'a member twice',
      { members: [{ providerId: 'acme' }, { providerId: 'acme' }] },
      [{ path: 'members.1.providerId' }],
    ],
    ['a star inside', { models: ['gpt-*-mini'] }, [{ path: 'models.0' }]],
    ['a route for a model', { models: ['gpt-5', 'route:chat'] }, [{ path: 'models.1' }]],
    ['a model twice', { models: ['a', 'b', 'a'] }, [{ path: 'models.2', message: '"a" stands here twice' }]],
    ['an unknown strategy', { strategy: { type: 'luck' } }, [{ path: 'strategy.type' }]],
    [
      'a strategy that names a stranger',
      { strategy: { type: 'single', providerId: 'nobody' } },
      [{ path: 'strategy.providerId' }],
    ],
    [
      'a field that no strategy of the type has',
      { strategy: { type: 'geographic', algorithm: 'weighted' } },
      [{ path: 'strategy.algorithm', message: 'there is no such field' }],
    ],
    [
      'a nested strategy that names a stranger',
      {
        strategy: {
          type: 'conditional',
          rules: [{ when: { user: 'ada' }, use: { type: 'single', providerId: 'nobody' } }],
          otherwise: { type: 'geographic' },
        },
      },
      [{ path: 'strategy.rules.0.use.providerId' }],
    ],
    [
      'a rule without a condition',
      {
        strategy: {
          type: 'conditional',
          rules: [{ when: {}, use: { type: 'geographic' } }],
          otherwise: { type: 'geographic' },
        },
      },
      [{ path: 'strategy.rules.0.when' }],
    ],
    ['an endless time-out', { limits: { timeout: '2d' } }, [{ path: 'limits.timeout' }]],
    ['a version before there is one', { expectedVersion: 1 }, [{ path: 'expectedVersion' }]],
  ])('are refused at the field: %s', async (_why, over, errors) => {
    const answer = await create(over)
    expect(answer).toMatchObject({ status: 422, problem: { errors } })
    expect(answer.problem.errors).toHaveLength(errors.length)
    expect((await call('readRoutes')).body.items).toEqual([])
    expect(await onRecord(stage.storage)).toHaveLength(2)
  })

  it('complain of all that is wrong at once', async () => {
    await create()
    const answer = await create({ models: ['new', 'gpt-5'], members: [{ providerId: 'nobody' }] })
    expect(answer.problem.errors).toEqual([
      { path: 'name', message: '"chat" is taken' },
      { path: 'members.0.providerId', message: 'there is no provider "nobody"' },
    ])
  })

  it('of strategies without end are refused, not mistaken for a fault of ours', async () => {
    const [open, close] = ['{"type":"conditional","rules":[],"otherwise":', '}'].map((one) =>
      one.repeat(20_000),
    )
    const text = JSON.stringify({ name: 'deep', ...content, strategy: 'here' })
    const refused = await call('createRoute', { text: text.replace('"here"', `${open}0${close}`) })
    expect(refused).toMatchObject({ status: 422, problem: { detail: 'The body is nested too deeply.' } })
    expect((await call('readRoutes')).body.items).toEqual([])
  })

  it('do not share a pattern: who serves a model must not hang on the alphabet', async () => {
    await create()
    expect(await create({ name: 'mail', models: ['gpt-4o', 'gpt-4o*'] })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'models.1', message: '"gpt-4o*" belongs to the route "chat"' }] },
    })
    expect(await create({ name: 'mail', models: ['gpt-4o', 'gpt-*'] })).toMatchObject({ status: 201 })
    expect(await replace({ models: ['gpt-5', 'gpt-4o'] }, 'mail')).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'models.0', message: '"gpt-5" belongs to the route "chat"' }] },
    })
    expect(await replace()).toMatchObject({ status: 200 })
  })

  it('of no such name are neither read, replaced nor deleted', async () => {
    const answers = [await call('readRoute', chat), await replace(), await call('deleteRoute', chat)]
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, problem: { id: 'chat' } })
  })

  it('keep a member whose provider is deleted, and will not be saved with it again', async () => {
    await create()
    expect(await call('deleteProvider', { params: { id: 'beta' } })).toMatchObject({ status: 200 })
    expect((await call('readRoute', chat)).body.members.map(({ providerId }) => providerId)).toEqual([
      'acme',
      'beta',
    ])
    expect(await replace()).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'members.1.providerId', message: 'there is no provider "beta"' }] },
    })
    expect(await replace({ members: [{ providerId: 'acme' }] })).toMatchObject({ status: 200 })
  })
})

describe('client keys', () => {
  const make = (over: object = {}, headers: Record<string, string> = {}) =>
    call('createClientKey', { body: { name: 'The shop', ...over }, headers })

  it('are told once, when they are made, and kept as a hash', async () => {
    await create()
    const limits = { routes: ['chat'], requestsPerMinute: 60, tokensPerMinute: 100_000 }
    const made = await make(limits)
    expect(made).toMatchObject({
      status: 201,
      body: { persisted: true, clientKey: { name: 'The shop', ...limits, lastUsedAt: null } },
    })
    const { key, clientKey } = made.body
    expect(key).toMatch(/^sk-switchyard-[\w-]{32}$/)
    expect(key.startsWith(clientKey.prefix)).toBe(true)
    expect(clientKey.prefix).toHaveLength('sk-switchyard-'.length + 4)
    expect((await call('readClientKeys')).body.items).toEqual([clientKey])

    const { restored } = stage.storage.reopen()
    expect(restored.clientKeys).toMatchObject([{ id: clientKey.id, hash: sha256(key), ...limits }])
    for (const told of [restored, await onRecord(stage.storage), stage.logged()])
      expect(JSON.stringify(told)).not.toContain(key)
  })

  it('count at once, for every route unless they name some, and no two are alike', async () => {
    const [first, second] = [await make(), await make()]
    expect(first.body.key).not.toBe(second.body.key)
    const { engine } = stage.runtime
    expect(findClientKey(engine, engine.sha256(first.body.key))).toMatchObject({
      id: first.body.clientKey.id,
      routes: null,
      requestsPerMinute: null,
    })
  })

  it('are made once however often the request with its key comes', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = [await make({}, headers), await make({}, headers)]
    expect(second.body).toEqual(first.body)
    expect((await call('readClientKeys')).body.items).toHaveLength(1)
  })

  it('end when they are deleted', async () => {
    const { key, clientKey } = (await make()).body
    const params = { id: clientKey.id }
    expect(await call('deleteClientKey', { params })).toMatchObject({
      status: 200,
      body: { persisted: true },
    })
    const { engine } = stage.runtime
    expect(findClientKey(engine, engine.sha256(key))).toBeNull()
    expect(stage.storage.reopen().restored.clientKeys).toEqual([])
    expect(await call('deleteClientKey', { params })).toMatchObject({ status: 404 })
    expect((await onRecord(stage.storage))[0]).toMatchObject({
      action: 'client-key.delete',
      before: clientKey,
      after: null,
    })
  })

  it.each<[why: string, over: object, path: string]>([
    ['no name', { name: ' ' }, 'name'],
    ['no route where some are asked for', { routes: [] }, 'routes'],
    ['an unknown route', { routes: ['chat', 'nothing'] }, 'routes.1'],
    ['a limit of nothing', { requestsPerMinute: 0 }, 'requestsPerMinute'],
    ['a limit of half a token', { tokensPerMinute: 0.5 }, 'tokensPerMinute'],
    ['a key of the caller’s choice', { key: 'mine' }, 'key'],
  ])('are refused at the field: %s', async (_why, over, path) => {
    await create()
    expect(await make(over)).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
    expect((await call('readClientKeys')).body.items).toEqual([])
  })

  it('answer 202 when they hold but are not on disk yet', async () => {
    stage.storage.failWrites()
    expect(await make()).toMatchObject({ status: 202, body: { persisted: false } })
  })
})
