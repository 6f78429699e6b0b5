import { describe, expect, it } from 'vitest'
import { limitRequests, type LimitedClients } from './request-limits.ts'

const client = (address: string, isLocal = false) => ({ address, isLocal, isProxied: false, isSecure: false })

/** How many of a thousand at once are let through. */
function passed(limited: LimitedClients, addresses: readonly string[], isLocal = false): number {
  const limits = limitRequests(limited, () => 0)
  const asked = Array.from({ length: 1_000 }, (_, i) => addresses[i % addresses.length] ?? '')
  return asked.filter((address) => limits('change', client(address, isLocal)) === null).length
}

describe('limits of requests', () => {
  it.each<[why: string, limited: LimitedClients, addresses: string[], isLocal: boolean, count: number]>([
    ['one address', 'remote', ['203.0.113.7'], false, 100],
    ['two addresses', 'remote', ['203.0.113.7', '203.0.113.8'], false, 200],
    ['one customer with many IPv6 addresses', 'remote', ['2001:db8::1', '2001:db8:0:0:ffff::2'], false, 100],
    ['two customers', 'remote', ['2001:db8::1', '2001:db8:0:1::1'], false, 200],
    ['this machine', 'remote', ['127.0.0.1'], true, 1_000],
    ['this machine, if asked', 'all', ['127.0.0.1'], true, 100],
    ['this machine, through a proxy', 'remote', ['127.0.0.1'], false, 100],
    ['anybody, if asked', 'off', ['203.0.113.7'], false, 1_000],
  ])('of %s', (_why, limited, addresses, isLocal, count) => {
    expect(passed(limited, addresses, isLocal)).toBe(count)
  })

  it('say how long to wait', () => {
    const limits = limitRequests('remote', () => 0)
    for (let i = 0; i < 20; i += 1) expect(limits('sign_in', client('203.0.113.7'))).toBeNull()
    expect(limits('sign_in', client('203.0.113.7'))).toMatchObject({
      code: 'rate_limited',
      facts: { retryAfterSeconds: 2 },
    })
    expect(limits('change', client('203.0.113.7')), 'each kind is counted by itself').toBeNull()
  })
})
