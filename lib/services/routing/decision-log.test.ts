import { describe, expect, it } from 'vitest'
import { HELD_DECISIONS } from './decision-log.ts'
import { stageRoute } from './stage-route.fixture.ts'

const SECOND = 1_000

describe('the log of decisions', () => {
  it('keeps two ordinary ones a second of each route', async () => {
    const stage = stageRoute(['acme'])
    for (let requests = 0; requests < 10; requests += 1) await stage.carry(() => stage.ok())
    expect(stage.kept).toHaveLength(2)
    stage.pass(SECOND)
    for (let requests = 0; requests < 10; requests += 1) await stage.carry(() => stage.ok())
    expect(stage.kept).toHaveLength(4)
    expect(stage.engine.routing.log.held()).toHaveLength(20)
  })

  it('keeps every failure and failover, beside the sample', async () => {
    const stage = stageRoute(['acme', 'blue'])
    await stage.carry(() => stage.ok())
    await stage.carry(() => stage.ok())
    stage.pass(100)
    for (let requests = 0; requests < 4; requests += 1) {
      const end = { class: 'provider_error', httpStatus: 502, attempts: 0 } as const
      const request = stage.ask()
      request.next()
      request.end(end)
    }
    await stage.carry(({ provider }) => (provider.id === 'acme' ? stage.broken() : stage.ok()))
    expect(stage.kept.map(({ failed, failedOver }) => [failed, failedOver])).toEqual([
      [false, false],
      [false, false],
      [true, false],
      [true, false],
      [true, false],
      [true, false],
      [false, true],
    ])
  })

  it('keeps every panic', async () => {
    const stage = stageRoute(['acme'])
    stage.open('acme')
    for (let requests = 0; requests < 4; requests += 1) await stage.carry(() => stage.ok())
    expect(stage.kept.map(({ decision }) => decision.panic)).toEqual([true, true, true, true])
  })

  it('does not take a client’s own fault for a failure', async () => {
    const stage = stageRoute(['acme'])
    for (let requests = 0; requests < 5; requests += 1) {
      await stage.carry(() => stage.end({ httpStatus: 400 }))
    }
    expect(stage.kept).toHaveLength(2)
  })

  it('holds the newest, and the newest of those kept, each once', async () => {
    const stage = stageRoute(['acme', 'blue'])
    const failed = await stage.carry(() => stage.broken())
    for (let requests = 0; requests < HELD_DECISIONS + 500; requests += 1) {
      const request = stage.ask()
      request.next()
      request.end({ class: 'ok', httpStatus: 200, attempts: 1 })
    }
    const { log } = stage.engine.routing
    const held = log.held().map(({ decision }) => decision.id)
    expect(new Set(held).size).toBe(held.length)
    // The failure and the two of the sample have left the newest, and are held as kept ones.
    expect(held).toHaveLength(HELD_DECISIONS + 3)
    expect(held).toEqual(held.toSorted().reverse())
    expect(log.find(failed.id)?.decision).toBe(failed)
    expect(log.find('request-1')?.decision).toBe(failed)
    expect(log.find('request-10')).toBeNull()
    expect(log.find('nothing')).toBeNull()
  })

  it('finds the newest decision of a request id that was used twice', async () => {
    const stage = stageRoute(['acme'])
    await stage.carry(() => stage.ok())
    const { log } = stage.engine.routing
    const [first] = log.held()
    const second = { ...first!, decision: { ...first!.decision, id: 'newer' } }
    log.add(second, null)
    expect(log.find('request-1')?.decision.id).toBe('newer')
  })
})
