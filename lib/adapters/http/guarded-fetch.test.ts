import { setImmediate as immediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { INSIDE_TOO, OUTSIDE_ONLY, type TargetPolicy } from '#lib/domain/target-policy.ts'
import { createGuardedFetch } from './guarded-fetch.ts'
import type { Resolve } from './lookup.ts'
import { json, serve } from './testing/local-server.ts'
import { rebindingDns } from './testing/rebinding-dns.ts'

function guarded(policy: TargetPolicy, resolve?: Resolve) {
  const made = createGuardedFetch(policy, resolve)
  onTestFinished(() => made.close())
  return made.fetch
}

const refused = (reason: string) => ({
  failure: { kind: 'refused_by_policy', message: `refused by policy: ${reason}` },
})

describe('a guarded fetch', () => {
  it('sends and answers as fetch does, over a kept connection', async () => {
    const server = await serve(json({ ok: true }, 201))
    const fetch = guarded(INSIDE_TOO)
    for (const body of ['one', 'two']) {
      const answer = await fetch(`${server.url}/hook`, { method: 'POST', body, headers: { 'x-a': 'b' } })
      expect([answer.status, await answer.json()]).toEqual([201, { ok: true }])
      await immediate()
    }
    expect(server.requests).toMatchObject([
      { method: 'POST', url: '/hook', body: 'one', headers: { 'x-a': 'b' } },
      { body: 'two' },
    ])
    expect(server.connections()).toBe(1)
  })

  it.each([
    ['http://127.0.0.1:PORT/', '127.0.0.1 is loopback'],
    ['http://[::1]:PORT/', '::1 is loopback'],
    ['http://[::ffff:7f00:1]:PORT/', '::ffff:7f00:1 is loopback'],
    ['http://2130706433:PORT/', '127.0.0.1 is loopback'],
    ['http://0x7f.1:PORT/', '127.0.0.1 is loopback'],
    ['http://0177.0.0.1:PORT/', '127.0.0.1 is loopback'],
    ['http://127.0.0.1.:PORT/', '127.0.0.1 is loopback'],
    ['http://0:PORT/', '0.0.0.0 is unspecified, which is this machine'],
    ['http://192.168.1.1/', '192.168.1.1 is private'],
    ['http://2852039166/', '169.254.169.254 is a cloud metadata service'],
    ['http://0251.0376.0251.0376/', '169.254.169.254 is a cloud metadata service'],
    ['http://metadata.google.internal./', 'metadata.google.internal is a cloud metadata service'],
    ['ftp://example.com/', 'ftp: is not http or https'],
    ['data:text/plain,hello', 'data: is not http or https'],
    ['file:///etc/passwd', 'file: is not http or https'],
  ])('refuses %s', async (url, reason) => {
    const server = await serve(json({}))
    await expect(guarded(OUTSIDE_ONLY)(url.replace('PORT', String(server.port)))).rejects.toMatchObject(
      refused(reason),
    )
    expect(server.connections()).toBe(0)
  })

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[fd00:ec2::254]/',
    'http://metadata.google.internal/',
  ])('refuses a redirect to %s', async (location) => {
    const server = await serve((response) => response.writeHead(302, { location }).end())
    await expect(guarded(INSIDE_TOO)(server.url)).rejects.toMatchObject({
      failure: { kind: 'refused_by_policy' },
    })
    expect(server.requests).toHaveLength(1)
  })

  it('refuses a redirect to a name that leads inside, and one that leads out of HTTP', async () => {
    const inner = await serve(json({}))
    const dns = await rebindingDns('10.0.0.1')
    let location = 'http://intranet.example/'
    const server = await serve((response) => response.writeHead(307, { location }).end())
    // What stands for the internet here is this machine.
    const fetch = guarded({ private: false, loopback: true }, dns.resolve)
    await expect(fetch(server.url)).rejects.toMatchObject(refused('10.0.0.1 is private'))
    location = 'data:text/plain,hello'
    await expect(fetch(server.url)).rejects.toThrow('fetch failed')
    location = inner.url
    expect((await fetch(server.url)).status).toBe(200)
  })

  it('refuses a name that leads elsewhere at the next connection', async () => {
    const server = await serve((response) => response.writeHead(200, { connection: 'close' }).end())
    const dns = await rebindingDns('127.0.0.1', '169.254.169.254')
    const fetch = guarded(INSIDE_TOO, dns.resolve)
    const url = `http://rebinds.example:${server.port}/`
    const answer = await fetch(url)
    expect([answer.status, await answer.text()]).toEqual([200, ''])
    await expect(fetch(url)).rejects.toMatchObject(refused('169.254.169.254 is a cloud metadata service'))
    expect(server.requests).toHaveLength(1)
  })

  it('stays with the address that was checked while the connection is kept', async () => {
    const server = await serve(json({}))
    const dns = await rebindingDns('127.0.0.1', '169.254.169.254')
    const fetch = guarded(INSIDE_TOO, dns.resolve)
    for (let call = 0; call < 3; call += 1) {
      await (await fetch(`http://rebinds.example:${server.port}/`)).text()
      // The connection is free for the next a moment after the answer is whole.
      await immediate()
    }
    expect(server.connections()).toBe(1)
    expect(dns.asked.A).toBe(1)
  })

  it('passes on what else goes wrong', async () => {
    const server = await serve(json({}))
    await server.stop()
    await expect(guarded(INSIDE_TOO)(server.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await expect(guarded(INSIDE_TOO)('no url')).rejects.toThrow('Invalid URL')
  })
})
