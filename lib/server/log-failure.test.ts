import { afterEach, beforeEach, expect, it } from 'vitest'
import { onRequestError } from '../../instrumentation.ts'
import { progressResponse } from './progress-response.ts'
import { type Stage, stageRuntime } from './stage-runtime.fixture.ts'

let stage: Stage
beforeEach(async () => {
  stage = await stageRuntime()
})
afterEach(() => stage.close())

const onFire = new Error('the disk is on fire')

it('a page that cannot be drawn is logged under its id, without what was asked of it', async () => {
  const headers = { 'x-request-id': 'trace-1' }
  const context = {
    routerKind: 'App Router',
    routePath: '/',
    routeType: 'render',
    revalidateReason: undefined,
  }
  await onRequestError(onFire, { path: '/circuits?range=1h', method: 'GET', headers }, context as never)
  expect(JSON.parse(stage.logged())).toMatchObject({
    requestId: 'trace-1',
    path: '/circuits',
    err: { message: 'the disk is on fire' },
  })
})

it('an answer in lines that fails half way says its id in the last line, and is logged under it', async () => {
  const headers = { 'x-request-id': 'trace-1', accept: 'application/x-ndjson' }
  const request = new Request('http://localhost:3000/api/settings/preview', { headers })
  const answer = await progressResponse(request, {
    run: () => Promise.reject(onFire),
    lineOf: (line: object) => line,
  })
  expect(JSON.parse(await answer.text())).toMatchObject({
    type: 'problem',
    problem: { requestId: 'trace-1' },
  })
  expect(JSON.parse(stage.logged())).toMatchObject({ requestId: 'trace-1', path: '/api/settings/preview' })
})
