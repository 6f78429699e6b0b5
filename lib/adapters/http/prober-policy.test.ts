import { describe, expect, it } from 'vitest'
import { OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import { json, serve } from './testing/local-server.ts'
import { probeOnce, prober, provider } from './testing/probe-once.ts'
import { rebindingDns } from './testing/rebinding-dns.ts'

const MODELS = { object: 'list', data: [{ id: 'm-1', object: 'model' }] }
const never = new AbortController().signal
const PROBES = [
  { type: 'models' },
  { type: 'http' },
  { type: 'tcp' },
  { type: 'completion', model: 'm-1' },
] as const

const at = (baseUrl: string, over: Parameters<typeof provider>[0] = {}) => provider({ baseUrl, ...over })

const refusal = (reason: string) => ({ kind: 'refused_by_policy', message: `refused by policy: ${reason}` })

describe('what policy refuses', () => {
  it.each([
    ['http://169.254.169.254', '169.254.169.254 is a cloud metadata service'],
    ['http://2852039166/', '169.254.169.254 is a cloud metadata service'],
    ['http://0251.0376.0251.0376/', '169.254.169.254 is a cloud metadata service'],
    ['http://[fd00:ec2::254]', 'fd00:ec2::254 is a cloud metadata service'],
    ['http://[::ffff:a9fe:a9fe]', '::ffff:a9fe:a9fe is a cloud metadata service'],
    ['http://169.254.1.1./', '169.254.1.1 is link-local'],
    ['http://metadata.google.internal./', 'metadata.google.internal is a cloud metadata service'],
  ])('%s is not called by any probe', async (baseUrl, reason) => {
    for (const probe of PROBES)
      expect((await probeOnce(at(baseUrl, { probe }))).failure).toEqual(refusal(reason))
  })

  it('is what a name leads to, at every new connection anew', async () => {
    const server = await serve(json(MODELS, 200, { connection: 'close' }))
    const dns = await rebindingDns('127.0.0.1', '127.0.0.1', '169.254.169.254')
    const made = prober({ resolve: dns.resolve })
    const check = () =>
      made.probe(at(`http://rebinds.example:${server.port}`), { timeoutMs: 10_000, signal: never })
    expect((await check()).failure).toBeNull()
    expect((await check()).failure).toBeNull()
    expect((await check()).failure).toEqual(refusal('169.254.169.254 is a cloud metadata service'))
    expect(server.requests).toHaveLength(2)
  })

  it('is what a name leads to when a redirect is followed', async () => {
    const server = await serve((response) =>
      response.writeHead(307, { location: '/elsewhere', connection: 'close' }).end(),
    )
    const dns = await rebindingDns('127.0.0.1', '169.254.169.254')
    const raw = await probeOnce(at(`http://rebinds.example:${server.port}`), { resolve: dns.resolve })
    expect(raw.failure).toEqual(refusal('169.254.169.254 is a cloud metadata service'))
    expect(server.requests).toHaveLength(1)
  })

  it("is not followed to either: a redirect to another host is the provider's failure", async () => {
    const location = 'http://169.254.169.254/latest/meta-data/'
    const server = await serve((response) => response.writeHead(302, { location }).end())
    expect((await probeOnce(at(server.url))).failure).toEqual({
      kind: 'redirected',
      message: 'redirected to http://169.254.169.254',
    })
  })

  it('is a part of mixed answers only: the rest is tried', async () => {
    const server = await serve(json(MODELS))
    const dns = await rebindingDns(['169.254.169.254', '127.0.0.1', 'fd00:ec2:0:0:0:0:0:254'])
    const raw = await probeOnce(at(`http://mixed.example:${server.port}`), { resolve: dns.resolve })
    expect(raw).toMatchObject({ httpStatus: 200, failure: null })
  })

  it('is this machine and private networks too where the policy says so', async () => {
    const server = await serve(json(MODELS))
    for (const probe of PROBES)
      expect((await probeOnce(at(server.url, { probe }), { targets: OUTSIDE_ONLY })).failure).toEqual(
        refusal('127.0.0.1 is loopback'),
      )
    const dns = await rebindingDns('10.0.0.1')
    const named = at('http://ollama.example', { probe: { type: 'tcp' } })
    expect((await probeOnce(named, { targets: OUTSIDE_ONLY, resolve: dns.resolve })).failure).toEqual(
      refusal('10.0.0.1 is private'),
    )
    expect(server.connections()).toBe(0)
  })
})
