import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'

let stage: Stage
let caller = 'one'

beforeEach(async () => {
  stage = await stageRuntime(undefined, undefined, () => ({
    identify: () => Promise.resolve({ kind: 'api-key', id: caller, name: caller, scopes: ['config'] }),
    desk: null,
    identity: null,
  }))
})
afterEach(() => stage.close())

/** What a caller is answered that makes a client key, under a key of the request that others may choose too. */
async function make(by: string, name = 'shop') {
  caller = by
  return call('createClientKey', { body: { name }, headers: { 'idempotency-key': 'first' } })
}

it('a request’s key means something to whoever sent it, and to nobody else', async () => {
  const { body: first } = await make('one')
  expect((await make('one')).body).toEqual(first)
  const other = await make('two')
  expect(other).toMatchObject({ status: 201 })
  expect(other.body.key).not.toBe(first.key)
  expect(await make('three', 'search')).toMatchObject({
    status: 201,
    body: { clientKey: { name: 'search' } },
  })
  expect((await call('readClientKeys')).body.items).toHaveLength(3)
})
