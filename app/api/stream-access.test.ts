import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GuardedStage, PASSWORD, stageGuarded } from '#lib/server/access/signed-in.fixture.ts'
import { serveApi } from './serve-api.fixture.ts'

let stage: GuardedStage
let api: { url: string; stop: () => void }
let administrator: Record<string, string>

beforeAll(async () => {
  stage = await stageGuarded()
  api = await serveApi()
  const first = { name: 'Ada', email: 'ada@example.org', password: PASSWORD }
  administrator = cookieOf(await ask('POST', '/api/auth/set-up', { body: first }))
})
afterAll(async () => {
  api.stop()
  await stage.close()
})

type Asked = { body?: unknown; headers?: Record<string, string> }

async function ask(method: string, path: string, { body, headers }: Asked = {}): Promise<Response> {
  const response = await fetch(api.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response
}

const cookieOf = (response: Response) => ({
  cookie: response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; '),
})
const byAdministrator = (method: string, path: string, body: unknown = {}) =>
  ask(method, path, { body, headers: administrator })

let made = 0
/** Somebody new who has signed in, and the headers that say so. */
async function viewer() {
  made += 1
  const email = `viewer${made}@example.org`
  const body = { name: `Viewer ${made}`, email, role: 'viewer', password: PASSWORD }
  const { id } = (await (await byAdministrator('POST', '/api/users', body)).json()) as { id: string }
  const answer = await ask('POST', '/api/auth/sign-in', { body: { login: email, password: PASSWORD } })
  return { id, headers: cookieOf(answer) }
}

/** An open stream; `ended` resolves when the server ends it. */
async function listen(headers: Record<string, string>) {
  const response = await ask('GET', '/api/monitor/stream', { headers })
  const reader = response.body!.getReader()
  await reader.read()
  let text = ''
  const ended = (async () => {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return 'ended'
      text += new TextDecoder().decode(value)
    }
  })()
  return { ended, heard: () => text, leave: () => reader.cancel() }
}

const beat = () => stage.runtime.hub.tellHealth()

describe('a live stream', () => {
  it.each<[why: string, end: (user: { id: string; headers: Record<string, string> }) => Promise<unknown>]>([
    ['its user signs out', ({ headers }) => ask('POST', '/api/auth/sign-out', { headers, body: {} })],
    ['an administrator ends the session', ({ id }) => byAdministrator('DELETE', `/api/users/${id}/sessions`)],
    [
      'the user is disabled',
      ({ id }) => byAdministrator('PATCH', `/api/users/${id}`, { disabled: true, reason: 'left' }),
    ],
    ['the user is deleted', ({ id }) => byAdministrator('DELETE', `/api/users/${id}`)],
    [
      'the user gets another password',
      ({ id }) => byAdministrator('PUT', `/api/users/${id}/password`, { password: `${PASSWORD} staple` }),
    ],
  ])('ends at the next heartbeat after %s', async (_why, end) => {
    const user = await viewer()
    const { ended } = await listen(user.headers)
    await end(user)
    beat()
    expect(await ended).toBe('ended')
  })

  it('ends for a machine whose key was deleted', async () => {
    const answer = await byAdministrator('POST', '/api/keys', { name: 'wallboard', scopes: ['read'] })
    const { key, apiKey } = (await answer.json()) as { key: string; apiKey: { id: string } }
    const { ended } = await listen({ authorization: `Bearer ${key}` })
    await byAdministrator('DELETE', `/api/keys/${apiKey.id}`)
    beat()
    expect(await ended).toBe('ended')
  })

  it('goes on for those who are still in, whatever becomes of others', async () => {
    const [stays, leaves] = [await viewer(), await viewer()]
    const [staying, leaving] = [await listen(stays.headers), await listen(leaves.headers)]
    await byAdministrator('PATCH', `/api/users/${stays.id}`, { role: 'operator' })
    await byAdministrator('DELETE', `/api/users/${leaves.id}/sessions`)
    beat()
    await leaving.ended
    beat()
    await expect.poll(staying.heard).toMatch(/event: heartbeat[^]*event: heartbeat/)
    await staying.leave()
  })

  it('goes on while the database is away and it cannot be told who is still in', async () => {
    const { headers } = await viewer()
    const stream = await listen(headers)
    // Whatever ends a session makes all be asked for anew.
    await ask('POST', '/api/auth/sign-out', { headers: (await viewer()).headers, body: {} })
    stage.accountsAnswer(false)
    beat()
    await expect.poll(stream.heard).toContain('event: heartbeat')
    stage.accountsAnswer(true)
    beat()
    await expect.poll(stream.heard).toMatch(/event: heartbeat[^]*event: heartbeat/)
    await stream.leave()
  })
})
