import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { may, type Principal } from '#lib/domain/access/principal.ts'
import { ROLES, SCOPE_PERMISSIONS, type Scope } from '#lib/domain/access/roles.ts'
import type { RouteHandler } from '#lib/server/http.ts'
import { type Operation, takesBody } from '#lib/server/operation.ts'
import { allOperations } from '#lib/server/operations/index.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

const FOLDER = import.meta.dirname
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const routeFiles = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith(`${sep}route.ts`),
)

/** Each route handler of the file system, by the path and method it stands for. */
async function handlers(): Promise<{ path: string; method: string; handler: Partial<RouteHandler> }[]> {
  const found = await Promise.all(
    routeFiles.map(async (file) => {
      const path = `/api/${relative(FOLDER, join(FOLDER, file)).split(sep).slice(0, -1).join('/')}`
      const module = (await import(/* @vite-ignore */ `./${file}`)) as Record<string, RouteHandler>
      return METHODS.filter((method) => method in module).map((method) => ({
        path: path.replaceAll(/\[(\w+)\]/g, '{$1}'),
        method,
        handler: module[method] as Partial<RouteHandler>,
      }))
    }),
  )
  return found.flat()
}

describe('every route handler of the file system', () => {
  it('declares what its caller must be allowed to, for its own path and method', async () => {
    const all = await handlers()
    expect(all.length).toBeGreaterThan(60)
    for (const { path, method, handler } of all) {
      expect(handler.operation, `${method} ${path}`).toBeDefined()
      expect(handler.operation).toMatchObject({ path, method, access: expect.any(String) as string })
    }
  })

  it('is a call of the contract, and every call of the contract is one', async () => {
    const there = (await handlers()).map(({ path, method }) => `${method} ${path}`)
    const told = allOperations.map(([, { path, method }]) => `${method} ${path}`)
    expect(there.toSorted()).toEqual(told.toSorted())
  })

  it('that is everyone’s tells nothing of the fleet', () => {
    const everyones = allOperations.filter(([, { access }]) => access === 'everyone').map(([id]) => id)
    expect(everyones.toSorted()).toEqual(EVERYONES)
  })
})

/** Calls that need no sign-in. What is added here must be safe to show to a stranger. */
const EVERYONES = [
  'beginIdentity',
  'finishIdentity',
  'giveCode',
  'readHealth',
  'readReadiness',
  'readWho',
  'setUp',
  'signIn',
  'signOut',
]

const user = (role: (typeof ROLES)[number]): Principal => ({
  kind: 'user',
  id: 'u1',
  name: role,
  role,
  sessionId: null,
})
const key = (scope: Scope): Principal => ({ kind: 'api-key', id: 'k1', name: scope, scopes: [scope] })

const CALLERS: readonly (readonly [who: string, principal: Principal | null])[] = [
  ['nobody', null],
  ...ROLES.map((role) => [role, user(role)] as const),
  ...(Object.keys(SCOPE_PERMISSIONS) as Scope[]).map((scope) => [`key for ${scope}`, key(scope)] as const),
]

let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>
let asking: Principal | null = null

beforeAll(async () => {
  stage = await stageRuntime(undefined, undefined, () => ({
    identify: () => Promise.resolve(asking),
    desk: null,
    identity: null,
  }))
  api = await serveApi({ limitedClients: 'off' })
})
afterAll(async () => {
  api.stop()
  await stage.close()
})

type Sent = { query?: string; params?: string; body?: string; headers?: Record<string, string> }

async function send(operation: Operation, { query = '', params = 'none', body, headers }: Sent) {
  const path = operation.path.replaceAll(/\{\w+\}/g, params)
  const hasBody = takesBody(operation) && operation.method !== 'GET'
  // A stream would never end.
  const signal = AbortSignal.timeout(2_000)
  const response = await fetch(`${api.url}${path}${query}`, {
    method: operation.method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(hasBody ? { body: body ?? '"nothing that is asked for"' } : {}),
    signal,
  })
  const { status } = response
  await response.body?.cancel()
  return status
}

/** What of the fleet could have changed. */
const fleetNow = () => {
  const { fleet, routing, clientKeys, apiKeys } = stage.runtime.engine
  return JSON.stringify([
    [...fleet.entries.keys()],
    fleet.settings.version,
    [...routing.routes.keys()],
    clientKeys.size,
    apiKeys.size,
  ])
}

describe.each(CALLERS)('%s', (_who, principal) => {
  it.each(allOperations)('may or may not call %s, as the table says', async (_id, operation) => {
    asking = principal
    const before = fleetNow()
    const status = await send(operation, {})
    const isAllowed =
      operation.access === 'everyone' || (principal !== null && may(principal, operation.access))
    if (isAllowed) expect([401, 403]).not.toContain(status)
    else {
      expect(status).toBe(principal === null ? 401 : 403)
      expect(fleetNow()).toBe(before)
    }
  })
})

describe('a viewer', () => {
  it('may look at a decision, but takes no permit', async () => {
    const select = allOperations.find(([id]) => id === 'selectProvider')![1]
    asking = user('viewer')
    expect(await send(select, { body: JSON.stringify({ dryRun: true }) })).toBe(404)
    expect(await send(select, { body: '{}' })).toBe(403)
    asking = user('operator')
    expect(await send(select, { body: '{}' })).toBe(404)
  })
})

describe('whatever is sent', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '../..',
      '%00',
      '%',
      "' OR 1=1 --",
      '<script>',
      '__proto__',
      'a'.repeat(5_000),
      '-1',
      'NaN',
    ),
  )
  const sent = fc.record({
    body: fc.oneof(fc.json(), text, fc.constant('{"__proto__":{"role":"administrator"}}'), fc.constant('[]')),
    params: text.map((one) => encodeURIComponent(one.toWellFormed())),
    query: fc
      .record({ cursor: text, limit: text, from: text, to: text, ids: text, model: text, action: text })
      .map((query) => `?${new URLSearchParams(query).toString()}`),
    headers: fc.record({
      'idempotency-key': fc.stringMatching(/^[\x21-\x7e]{0,300}$/),
      authorization: fc.stringMatching(/^[\x21-\x7e ]{0,80}$/),
      'last-event-id': fc.stringMatching(/^[\x21-\x7e]{0,80}$/),
    }),
  })

  it.each(allOperations)('is no fault of ours in %s', async (_id, operation) => {
    asking = user('administrator')
    await fc.assert(
      fc.asyncProperty(sent, async (one) => {
        expect(await send(operation, one)).not.toBe(500)
      }),
      { numRuns: 8 },
    )
  })

  it.each(allOperations)('changes nothing without permission in %s', async (_id, operation) => {
    if (operation.access === 'everyone') return
    asking = null
    const before = fleetNow()
    await fc.assert(
      fc.asyncProperty(sent, async (one) => {
        expect([401, 413, 414, 431, 400, 404]).toContain(await send(operation, one))
        expect(fleetNow()).toBe(before)
      }),
      { numRuns: 3 },
    )
  })
})
