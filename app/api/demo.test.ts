import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LoadControl, openLoadControl } from '#demo/load-control.ts'
import { type Load, startLoad } from '#demo/load.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { call } from './call.fixture.ts'

let stage: Stage
let load: Load
let control: LoadControl

beforeEach(async () => {
  stage = await stageRuntime()
  load = startLoad({
    gatewayUrl: 'http://127.0.0.1:1',
    requestsPerSecond: 0,
    maxInFlight: 1,
    random: () => 0.5,
  })
  control = await openLoadControl(() => load)
  stage.runtime.demoControl = control.url
})
afterEach(async () => {
  await control.stop()
  await load.stop()
  await stage.close()
})

describe("the demo's traffic", () => {
  it('is told, and turned', async () => {
    expect((await call('readDemoLoad')).body).toEqual({
      requestsPerSecond: 0,
      sent: 0,
      failed: 0,
      inFlight: 0,
    })
    const turned = await call('setDemoLoad', { body: { requestsPerSecond: 1 } })
    expect(turned).toMatchObject({ status: 200, body: { requestsPerSecond: 1 } })
    expect(load.pace()).toBe(1)
  })

  it('refuses a pace that is none, and changes nothing', async () => {
    expect((await call('setDemoLoad', { body: { requestsPerSecond: 1_000 } })).status).toBe(422)
    expect(load.pace()).toBe(0)
  })

  it('is unknown outside the demo', async () => {
    stage.runtime.demoControl = null
    expect((await call('readDemoLoad')).status).toBe(404)
    expect((await call('setDemoLoad', { body: { requestsPerSecond: 1 } })).status).toBe(404)
  })

  it('says so when the load generator is gone', async () => {
    await control.stop()
    expect(await call('readDemoLoad')).toMatchObject({
      status: 503,
      problem: { detail: "The demo's traffic does not answer." },
    })
  })
})
