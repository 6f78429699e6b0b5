import { describe, expect, it } from 'vitest'
import { answers } from './testing/faulty-upstream.fixture.ts'
import { ask, CHAT, stageGateway } from './testing/stage-gateway.fixture.ts'

describe('the count of the gateway’s own errors', () => {
  it('takes each by its code, and nothing that a provider answered', async () => {
    const stage = await stageGateway()
    await stage.send(CHAT, ask({ model: 'nobody-serves-this' }))
    await stage.send(CHAT, 'no JSON')
    await stage.send(CHAT, 'no JSON either')
    await stage.send('/v1/nothing', ask())
    stage.upstream().does(answers(400, '{"error":{"message":"no"}}'))
    expect((await stage.send(CHAT, ask())).status).toBe(400)
    expect([...stage.engine.routing.gatewayErrors].toSorted()).toEqual([
      ['invalid_json', 2],
      ['model_not_found', 1],
      ['unknown_path', 1],
    ])
  })
})
