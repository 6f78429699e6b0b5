import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openApiDocument } from '#lib/server/openapi.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { emptyEntry } from '#lib/services/drive-circuit.ts'
import { call } from './call.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
})
afterEach(() => stage.close())

const create = (id: string) =>
  call('createProvider', { body: { id, name: id, kind: 'http', baseUrl: 'http://127.0.0.1:1/health' } })
const markers = async (query: Record<string, string> = {}) => {
  const { items } = (await call('readEvents', { query: { kinds: 'marker', ...query } })).body
  return items.flatMap((item) => (item.kind === 'marker' ? [item] : []))
}

describe('a marker', () => {
  it('is kept, listed, told over the stream, and found by its provider with those of the whole fleet', async () => {
    for (const id of ['acme', 'other']) await create(id)
    const seq = stage.runtime.hub.seq()
    const reader = stage.runtime.hub.connect(`${stage.runtime.engine.bootId}:${seq}`).getReader()
    const at = new Date(stage.runtime.engine.clock.now() - 60_000).toISOString()
    const body = { title: 'shop 4.2 deployed', text: 'new prompt', url: 'https://ci.example.com/42', at }
    const reported = await call('reportMarker', { body })
    expect(reported).toMatchObject({
      status: 201,
      body: { persisted: true, event: { ...body, kind: 'marker', actor: 'operator', providerId: null } },
    })
    await call('reportMarker', { body: { title: 'key changed', providerId: 'acme' } })
    await call('reportMarker', { body: { title: 'new region', providerId: 'other' } })
    expect((await markers()).map(({ title }) => title)).toEqual(['new region', 'key changed', body.title])
    expect((await markers({ providerId: 'acme' })).map(({ title }) => title)).toEqual([
      'key changed',
      body.title,
    ])
    expect(await call('readEvents', { query: { providerId: 'nobody' } })).toMatchObject({ status: 404 })
    let told = ''
    while (!told.includes('new region')) told += new TextDecoder().decode((await reader.read()).value)
    await reader.cancel()
    expect(told.match(/event: marker\ndata: .*/)?.[0]).toContain(`"title":"${body.title}"`)
  })

  it('may be all text, as a deployment script writes it: its first line is the title', async () => {
    await call('reportMarker', { body: { kind: 'deploy', text: 'shop 4.3' } })
    await call('reportMarker', { body: { kind: 'deploy', text: 'shop 4.4\nby hand' } })
    await call('reportMarker', { body: { text: 'x'.repeat(300) } })
    expect((await markers()).map(({ title, text }) => [title, text])).toEqual([
      ['x'.repeat(200), 'x'.repeat(300)],
      ['shop 4.4', 'shop 4.4\nby hand'],
      ['shop 4.3', null],
    ])
  })

  it.each([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: 'x'.repeat(201) }, 'title'],
    [{ title: 'x', url: 'javascript:alert(1)' }, 'url'],
    [{ title: 'x', providerId: 'nobody' }, 'providerId'],
    [{ title: 'x', at: '2999-01-01T00:00:00Z' }, 'at'],
    [{ title: 'x', at: 'yesterday' }, 'at'],
    [{ title: 'x', colour: 'red' }, 'colour'],
  ])('%j is refused and leaves nothing', async (body, path) => {
    expect(await call('reportMarker', { body })).toMatchObject({
      status: 422,
      problem: { errors: [{ path }] },
    })
    expect(await markers()).toEqual([])
  })

  it('answers 202 while the database is away, and once for a key', async () => {
    stage.storage.failWrites()
    const sent = { body: { title: 'shop 4.2' }, headers: { 'idempotency-key': 'build-42' } }
    expect(await call('reportMarker', sent)).toMatchObject({ status: 202, body: { persisted: false } })
    stage.storage.recover()
    await call('reportMarker', sent)
    await stage.runtime.engine.journal.commit(emptyEntry)
    expect(await markers()).toHaveLength(1)
  })

  it('is described for whoever writes the deployment script', () => {
    expect(openApiDocument('0').paths?.['/api/events']?.post?.summary).toContain('deployment')
  })
})
