import { describe, expect, it } from 'vitest'
import { createEgressCanary } from './egress-canary.ts'
import { serveRaw } from './testing/local-server.ts'

describe('createEgressCanary', () => {
  const handClock = () => {
    let now = 0
    return { now: () => now, advance: (ms: number) => (now += ms) }
  }

  it('knows nothing without a host to ask', async () => {
    expect(await createEgressCanary([], handClock()).state()).toBe('unknown')
    expect(await createEgressCanary(['no port', 'also-none:', ''], handClock()).state()).toBe('unknown')
  })

  it('is up when one of several accepts, down when none does', async () => {
    const server = await serveRaw(() => undefined)
    const dead = await serveRaw(() => undefined)
    await dead.stop()
    const clock = handClock()
    const canary = createEgressCanary([`127.0.0.1:${dead.port}`, ` 127.0.0.1:${server.port} `], clock)
    expect(await canary.state()).toBe('up')
    await server.stop()
    clock.advance(2_000)
    expect(await canary.state()).toBe('down')
  })

  it('asks at most once in 2 s, also when many ask at once', async () => {
    const server = await serveRaw(() => undefined)
    const clock = handClock()
    const canary = createEgressCanary([`127.0.0.1:${server.port}`], clock)
    expect(await Promise.all([canary.state(), canary.state(), canary.state()])).toEqual(['up', 'up', 'up'])
    clock.advance(1_999)
    await canary.state()
    expect(server.connections()).toBe(1)
    clock.advance(1)
    const closed = server.closed()
    await canary.state()
    await closed
    expect(server.connections()).toBe(2)
  })
})
