import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { createSecrets } from '#lib/adapters/secrets/create-secrets.ts'
import type { Principal } from '#lib/domain/access/principal.ts'
import { TOLD_EACH } from '#lib/server/refusals.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { recordAudit } from '#lib/services/record-audit.ts'
import { call } from './call.fixture.ts'
import { GET as exportFile } from './export/audit/route.ts'
import { serveApi } from './serve-api.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime(memoryStorage(), createSecrets(randomBytes(32)))
})
afterEach(() => stage.close())

const HTTP = { kind: 'http', baseUrl: 'http://127.0.0.1:1/x' }
const create = (id: string, over: object = {}) =>
  call('createProvider', {
    body: { id, name: id, ...HTTP, ...over },
    headers: { 'x-request-id': `request-${id}` },
  })
const override = (body: object) => call('setOverride', { params: { providerId: 'acme' }, query: {}, body })
const audited = async (query: Record<string, string> = {}) => (await call('readAudit', { query })).body.items

/** Lets in whoever the test says. */
function asking(principal: Principal | null) {
  stage.runtime.access = { identify: () => Promise.resolve(principal), desk: null, identity: null }
}

describe('the audit', () => {
  it('tells of every change: who, from where, what, before, after, why, and by which request', async () => {
    await create('acme')
    await override({ mode: 'forced_open', reason: 'maintenance', ttl: '1h' })
    await call('updateProvider', { params: { id: 'acme' }, body: { expectedVersion: 1, name: 'Acme' } })
    await call('reportMarker', { body: { title: 'shop 4.2 deployed', providerId: 'acme' } })
    const items = await audited()
    expect(items.map(({ number, action }) => `${number} ${action}`)).toEqual([
      '4 marker.report',
      '3 provider.update',
      '2 circuit.force',
      '1 provider.create',
    ])
    expect(items[3]).toMatchObject({
      actor: 'operator',
      actorId: 'anyone',
      address: '127.0.0.1',
      requestId: 'request-acme',
      entity: { type: 'provider', id: 'acme' },
      providerId: 'acme',
      outcome: 'done',
      before: null,
      after: { id: 'acme', name: 'acme' },
      previousHash: '',
    })
    expect(items[2]).toMatchObject({
      entity: { type: 'circuit', id: 'acme' },
      reason: 'maintenance',
      before: { state: 'closed', override: null },
      after: { override: { mode: 'forced_open' } },
      previousHash: items[3]?.hash,
    })
    expect(items[1]).toMatchObject({ before: { name: 'acme' }, after: { name: 'Acme' } })
  })

  it('is found by what is asked for, and paged', async () => {
    for (const id of ['acme', 'beta', 'gamma']) await create(id)
    await override({ mode: 'shadow', reason: 'A look at night', ttl: '1h' })
    const numbers = async (query: Record<string, string>) =>
      (await audited(query)).map(({ number }) => number)
    expect(await numbers({ entity: 'provider:beta' })).toEqual([2])
    expect(await numbers({ entity: 'circuit' })).toEqual([4])
    expect(await numbers({ action: 'provider' })).toEqual([3, 2, 1])
    expect(await numbers({ actor: 'anyone', outcome: 'done' })).toEqual([4, 3, 2, 1])
    expect(await numbers({ actor: 'ada' })).toEqual([])
    expect(await numbers({ q: 'LOOK at' })).toEqual([4])
    expect(await numbers({ to: '2020-01-01T00:00:00Z' })).toEqual([])
    const first = (await call('readAudit', { query: { limit: '3' } })).body
    expect(first.items).toHaveLength(3)
    expect(await numbers({ limit: '3', cursor: first.nextCursor! })).toEqual([1])
    expect(await call('readAudit', { query: { entity: 'cat' } })).toMatchObject({ status: 422 })
    expect(await call('readAudit', { query: { outcome: 'maybe' } })).toMatchObject({ status: 422 })
    stage.storage.failReads()
    expect(await call('readAudit')).toMatchObject({ status: 503 })
  })

  it('tells nothing that is secret, whoever had it', async () => {
    const [apiKey, token] = ['q7-not-to-be-seen', 'h9-not-to-be-seen']
    await create('acme', { apiKey, headers: { 'x-auth-token': token, 'x-team': 'blue' } })
    await call('updateProvider', {
      params: { id: 'acme' },
      body: { expectedVersion: 1, apiKey: `${apiKey}-2`, headers: { 'x-auth-token': `${token}-2` } },
    })
    const made = (await call('createClientKey', { body: { name: 'shop' } })).body
    await call('deleteProvider', { params: { id: 'acme' }, body: {} })
    await recordAudit(stage.runtime.engine, {
      ...{ actor: 'ada', actorId: 'user:u1', address: null, requestId: null },
      action: 'user.change',
      entity: { type: 'user', id: 'u1' },
      outcome: 'done',
      summary: 'changed the password',
      reason: null,
      before: { passwordHash: token, key: made.key },
      after: { password: token, nested: [{ authorization: `Bearer ${apiKey}` }] },
    })
    const [hash] = [...stage.runtime.engine.clientKeys.keys()]
    const text = JSON.stringify([await audited(), ...stage.storage.restored.warnings])
    const file = await (await exportFile(new Request('http://localhost:3000/x'), context)).text()
    for (const secret of [apiKey, token, made.key, hash!]) {
      expect(text).not.toContain(secret)
      expect(file).not.toContain(secret)
    }
    expect(text).toContain('x-team')
    expect(text).toContain(made.clientKey.prefix)
  })

  it('is a file with every entry and its hash', async () => {
    await create('acme', { name: '=cmd(1)' })
    await create('beta')
    const response = await exportFile(new Request('http://localhost:3000/x?action=provider'), context)
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="switchyard-audit.csv"')
    const [header, ...lines] = (await response.text()).split('\r\n').slice(0, -1)
    expect(header).toMatch(/^number,at,actor,actorId,address,action,entity,.*,previousHash,hash$/)
    expect(lines.map((line) => line.split(',').slice(5, 7).join())).toEqual([
      'provider.create,provider:beta',
      'provider.create,provider:acme',
    ])
    const items = await audited()
    expect(lines[0]?.endsWith(`${items[0]!.previousHash},${items[0]!.hash}`)).toBe(true)
    const { body } = await call('exportAudit', { query: { format: 'json', entity: 'provider:beta' } })
    expect(body).toEqual([items[0]])
  })
})

const context = { params: Promise.resolve({}) }

describe('refusals', () => {
  it('for lack of permission are on record, so many and no more', async () => {
    asking({ kind: 'user', id: 'u1', name: 'eve', role: 'viewer', sessionId: null })
    for (let n = 0; n < TOLD_EACH + 3; n += 1) expect(await create(`p${n}`)).toMatchObject({ status: 403 })
    expect(await call('readAudit')).toMatchObject({ status: 403 })
    asking({ kind: 'anyone' })
    const items = await audited({ outcome: 'refused' })
    expect(items).toHaveLength(TOLD_EACH + 1)
    expect(items[0]).toMatchObject({ entity: { type: 'call', id: 'GET /api/audit' } })
    expect(items.at(-1)).toMatchObject({
      action: 'call.refused',
      actor: 'eve',
      actorId: 'user:u1',
      requestId: 'request-p0',
      entity: { type: 'call', id: 'POST /api/providers' },
      summary:
        'refused POST /api/providers: Your role may not do this: it needs the permission providers.write.',
    })
    expect((await call('readEvents', { query: { kinds: 'action' } })).body.items).toEqual([])
  })

  it('for a wrong key are on record, and not that somebody has only not signed in', async () => {
    asking(null)
    expect(await call('readProviders')).toMatchObject({ status: 401 })
    expect(await call('readProviders', { headers: { authorization: 'Bearer nonsense' } })).toMatchObject({
      status: 401,
    })
    asking({ kind: 'anyone' })
    const items = await audited()
    expect(items).toMatchObject([{ actor: 'nobody', outcome: 'refused' }])
    expect(JSON.stringify(items)).not.toContain('nonsense')
  })

  it('of what another site’s page wanted changed are on record', async () => {
    const api = await serveApi()
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' }
    const send = (method: string, path: string) =>
      fetch(`${api.url}${path}`, { method, headers, ...(method === 'GET' ? {} : { body: '{}' }) })
    expect((await send('POST', '/api/providers')).status).toBe(403)
    expect((await send('GET', '/api/providers')).status).toBe(403)
    expect((await send('POST', '/api/nothing')).status).toBe(403)
    api.stop()
    expect(await audited()).toMatchObject([
      {
        actor: 'nobody',
        address: '127.0.0.1',
        entity: { type: 'call', id: 'POST /api/providers' },
        summary: expect.stringContaining('page of another site') as unknown,
      },
    ])
  })
})
