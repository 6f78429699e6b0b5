import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '#lib/adapters/prisma/test-database.ts'
import {
  previewLineSchema,
  settingsPreviewSchema,
  settingsSuggestionSchema,
  suggestLineSchema,
  type SettingsPreview,
} from '#lib/contract/preview.ts'
import { DEFAULT_SETTINGS, type Settings } from '#lib/contract/settings.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'
import { POST } from './settings/preview/route.ts'

const SOON = { timeout: 20_000, interval: 20 }
const databases = testDatabases()
let stage: Stage
let api: Awaited<ReturnType<typeof serveApi>>

beforeEach(async () => {
  const storage = await databases.open(await databases.fresh())
  const nothing = () => undefined
  const reopen = () => {
    throw new Error('This storage is not reopened.')
  }
  stage = await stageRuntime({
    ...storage,
    failWrites: nothing,
    failReads: nothing,
    recover: nothing,
    reopen,
  })
  api = await serveApi()
  await call('createProvider', { body: { id: 'acme', name: 'Acme', kind: 'openai' } })
})
afterEach(async () => {
  api.stop()
  await stage.close()
  await databases.closeAll()
})
afterAll(() => databases.remove())

const wish = (breaker: Partial<Settings['breaker']> = {}, over: object = {}) => ({
  settings: { ...DEFAULT_SETTINGS, breaker: { ...DEFAULT_SETTINGS.breaker, ...breaker } },
  from: new Date(Date.now() - 600_000).toISOString(),
  to: new Date(Date.now() + 600_000).toISOString(),
  ...over,
})

const post = (path: string, body: object, accept = 'application/json') =>
  fetch(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(body),
  })

async function preview(body: object): Promise<SettingsPreview> {
  const response = await post('/api/settings/preview', body)
  expect(response.status).toBe(200)
  expect(response.headers.get('x-request-id')).not.toBeNull()
  const answer: unknown = await response.json()
  expect(settingsPreviewSchema.parse(answer)).toEqual(answer)
  return answer as SettingsPreview
}

/** Seven failures and a good call, reported from outside, all on disk. */
async function live() {
  const failed = { providerId: 'acme', error: 'refused', latencyMs: 0 } as const
  for (let i = 0; i < 7; i += 1) await call('reportOutcomes', { body: [failed] })
  await call('reportOutcomes', { body: [{ providerId: 'acme', class: 'ok', latencyMs: 0 }] })
  await expect.poll(async () => (await preview(wish())).total.exactness.outcomes, SOON).toBe(8)
}

describe('a preview of settings', () => {
  it('tells what they would have done next to those in force, which did just that', async () => {
    await live()
    const { providers, total, version } = await preview(wish({ failureThreshold: 2 }))
    const [acme] = providers
    const { body } = await call('readTransitions', { params: { providerId: 'acme' } })
    const real = body.items.filter(({ kind }) => kind === 'transition').reverse()
    expect(acme!.inForce.transitions).toHaveLength(1)
    expect(real).toMatchObject(
      acme!.inForce.transitions.map(({ at, from, to, cause, retryAt }) => ({ at, from, to, cause, retryAt })),
    )
    expect(acme).toMatchObject({
      providerId: 'acme',
      draft: { initial: [{ model: null, state: 'closed' }], truncated: false },
      outages: [{ model: null, failures: 7 }],
      exactness: { outcomes: 8, approximate: 0, share: 1 },
    })
    expect(acme!.draft.figures.failuresLetThrough).toBeLessThan(acme!.inForce.figures.failuresLetThrough)
    expect(total.draft).toEqual(acme!.draft.figures)
    expect(version).toBe((await call('readSettings')).body.version)
  })

  it('changes nothing', async () => {
    await live()
    const before = [(await call('readSettings')).body, (await call('readCircuits')).body]
    await preview(wish({ failureThreshold: 1 }))
    await post('/api/settings/suggest', { from: wish().from, to: wish().to })
    expect([(await call('readSettings')).body, (await call('readCircuits')).body]).toEqual(before)
  })

  it('comes line by line to whoever asks for lines', async () => {
    await live()
    const response = await post('/api/settings/preview', wish(), 'application/x-ndjson')
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => previewLineSchema.parse(JSON.parse(line)))
    expect(new Set(lines.map(({ type }) => type))).toEqual(new Set(['progress', 'provider', 'preview']))
    expect(lines.at(-1)).toMatchObject({
      type: 'preview',
      preview: { total: { exactness: { outcomes: 8 } } },
    })
  })

  it('is given up when its client goes away', async () => {
    await live()
    const gone = new AbortController()
    gone.abort()
    const request = new Request('http://localhost:3000/api/settings/preview', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish()),
    })
    const response = await POST(
      new Proxy(request, { get: (target, key) => (key === 'signal' ? gone.signal : bound(target, key)) }),
      {
        params: Promise.resolve({}),
      },
    )
    expect(response.status).toBe(503)
    expect(stage.logged()).not.toMatch(/a request failed/)
  })

  it.each([
    ['a provider that there is not', { providerId: 'nobody' }, 'providerId'],
    ['a range that runs backwards', { to: '2020-01-01T00:00:00Z' }, 'to'],
    [
      'settings that do not fit together',
      { settings: { ...DEFAULT_SETTINGS, breaker: { ...DEFAULT_SETTINGS.breaker, maxOpen: '1s' } } },
      'settings.breaker.maxOpen',
    ],
  ])('refuses %s', async (_what, over, path) => {
    const { status, problem } = await call('previewSettings', { body: wish({}, over) })
    expect(status).toBe(422)
    expect(problem.errors).toMatchObject([{ path }])
  })
})

describe('a suggestion', () => {
  it('tries combinations and says which are on the frontier', async () => {
    await live()
    const { from, to } = wish()
    const response = await post('/api/settings/suggest', { from, to, providerId: 'acme' })
    const { tried, exactness } = settingsSuggestionSchema.parse(await response.json())
    expect(exactness.outcomes).toBe(8)
    expect(tried.length).toBeGreaterThan(50)
    expect(tried.filter(({ isStart }) => isStart)).toMatchObject([
      { thresholds: { failureThreshold: 5, failureRate: 0.5, window: '60s', recoveryTimeout: '60s' } },
    ])
    expect(tried.some(({ onFrontier }) => onFrontier)).toBe(true)
    expect(tried.some(({ onFrontier }) => !onFrontier)).toBe(true)
    const eager = tried.find(({ thresholds }) => thresholds.failureThreshold === 2)
    expect(eager!.figures.failuresLetThrough).toBe(2)
  })

  it('comes line by line, too, and tells of what went wrong in the last one', async () => {
    const { from, to } = wish()
    const good = await post('/api/settings/suggest', { from, to }, 'application/x-ndjson')
    const last = (await good.text()).trim().split('\n').at(-1)!
    expect(suggestLineSchema.parse(JSON.parse(last))).toMatchObject({ type: 'suggestion' })
    const bad = await post(
      '/api/settings/suggest',
      { from, to, providerId: 'nobody' },
      'application/x-ndjson',
    )
    expect(suggestLineSchema.parse(JSON.parse(await bad.text()))).toMatchObject({
      type: 'problem',
      problem: { status: 422 },
    })
  })
})

/** A property of an object, its methods still bound to it. */
function bound(target: object, key: string | symbol): unknown {
  const value: unknown = Reflect.get(target, key, target)
  return typeof value === 'function' ? value.bind(target) : value
}
