import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
})
afterEach(() => stage.close())

it('tells what the database holds and how long, and backs it up for whoever asks, on record', async () => {
  await call('createProvider', {
    body: { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1' },
  })
  const before = (await call('readData')).body
  expect(before.lastBackup).toBeNull()
  expect(before.parts.find(({ part }) => part === 'configuration')?.rows).toBe(1)
  expect(before.parts.find(({ part }) => part === 'checks')?.keptMs).toBe(48 * 3_600_000)
  const made = await call('backUp')
  expect(made.status).toBe(201)
  expect((await call('readData')).body.lastBackup).toEqual(made.body.backup)
  const { items } = (await call('readEvents', { query: { kinds: 'action' } })).body
  expect(items[0]).toMatchObject({ action: 'data.backup', actor: 'operator' })
  expect(await call('backUp', { body: { to: '/etc/passwd' } })).toMatchObject({ status: 422 })
  stage.storage.failReads()
  expect(await call('readData')).toMatchObject({ status: 503 })
})
