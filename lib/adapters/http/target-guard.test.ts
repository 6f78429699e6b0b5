import type { LookupAddress } from 'node:dns'
import type { Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { INSIDE_TOO, OUTSIDE_ONLY, type TargetPolicy } from '#lib/domain/target-policy.ts'
import { dial } from './connector.ts'
import { CallError } from './failure.ts'
import type { Resolve } from './lookup.ts'
import { createTargetGuard, type TargetGuard } from './target-guard.ts'
import { serveRaw } from './testing/local-server.ts'
import { rebindingDns } from './testing/rebinding-dns.ts'

type Ask = Parameters<Resolve>[1]

const lookUp = (guard: TargetGuard, all = true) =>
  new Promise<{ error: Error | null; address: string | LookupAddress[] }>((resolve) =>
    guard.lookup('api.example', { all }, (error, address) => resolve({ error, address })),
  )

/** Opens one connection as probes and the gateway do; tells every address that was tried. */
async function connect(guard: TargetGuard, { host = 'api.example', port }: { host?: string; port: number }) {
  const tried: string[] = []
  const dialer = {
    connectMs: 10_000,
    onStage: () => undefined,
    onSocket: (socket: Socket) => socket.on('connectionAttempt', (address) => tried.push(address)),
  }
  const target = { host, port, tls: false, servername: null }
  const { error, socket } = await new Promise<{ error: Error | null; socket: Socket | null }>((resolve) =>
    dial(target, { dialer, guard }, (error, socket) => resolve({ error, socket })),
  )
  onTestFinished(() => void socket?.destroy())
  return { error, tried, remote: socket?.remoteAddress ?? null }
}

const refused = (reason: string) => ({
  failure: { kind: 'refused_by_policy', message: `refused by policy: ${reason}` },
})

describe('a look-up', () => {
  it('asks once for callers at the same time, and anew afterwards', async () => {
    const waiting: Ask[] = []
    const guard = createTargetGuard(INSIDE_TOO, (_name, answer) => waiting.push(answer))
    const both = Promise.all([lookUp(guard), lookUp(guard, false)])
    expect(waiting).toHaveLength(1)
    waiting[0]?.(null, [{ address: '192.0.2.1', family: 4 }])
    expect(await both).toEqual([
      { error: null, address: [{ address: '192.0.2.1', family: 4 }] },
      { error: null, address: '192.0.2.1' },
    ])
    void lookUp(guard)
    expect(waiting).toHaveLength(2)
  })

  it.each([true, false])('finds the allowed addresses alone (all: %s)', async (all) => {
    const allowed = { address: '1.1.1.1', family: 4 }
    const guard = createTargetGuard(OUTSIDE_ONLY, (_name, answer) =>
      answer(null, [
        { address: '169.254.169.254', family: 4 },
        { address: 'fd12::1', family: 6 },
        allowed,
        { address: '127.0.0.1', family: 4 },
      ]),
    )
    expect(await lookUp(guard, all)).toEqual({ error: null, address: all ? [allowed] : '1.1.1.1' })
  })

  it('calls a name without an address not found, and passes on what a name server says', async () => {
    const none = createTargetGuard(INSIDE_TOO, (_name, answer) => answer(null, []))
    expect((await lookUp(none)).error).toMatchObject({ code: 'ENOTFOUND' })
    const dead = createTargetGuard(INSIDE_TOO, (_name, answer) =>
      answer(Object.assign(new Error('dead'), { code: 'EAI_AGAIN' }), undefined),
    )
    expect((await lookUp(dead)).error).toMatchObject({ code: 'EAI_AGAIN' })
  })

  it.each<[policy: TargetPolicy, later: string, reason: string]>([
    [INSIDE_TOO, '169.254.169.254', '169.254.169.254 is a cloud metadata service'],
    [INSIDE_TOO, 'fe80:0:0:0:0:0:0:1', 'fe80::1 is link-local'],
    [OUTSIDE_ONLY, '127.0.0.1', '127.0.0.1 is loopback'],
    [OUTSIDE_ONLY, '10.0.0.1', '10.0.0.1 is private'],
    [OUTSIDE_ONLY, '0:0:0:0:0:ffff:7f00:1', '::ffff:127.0.0.1 is loopback'],
  ])('of a name that was public and then is not fails (%o, %s)', async (policy, later, reason) => {
    const dns = await rebindingDns('1.1.1.1', later)
    const guard = createTargetGuard(policy, dns.resolve)
    expect(await lookUp(guard)).toEqual({ error: null, address: [{ address: '1.1.1.1', family: 4 }] })
    expect((await lookUp(guard)).error).toMatchObject(refused(reason))
  })
})

describe('a connection', () => {
  it('goes to the address that was looked at, whatever the name server says a moment later', async () => {
    const server = await serveRaw(() => undefined)
    const dns = await rebindingDns('127.0.0.1', '169.254.169.254')
    const guard = createTargetGuard(INSIDE_TOO, dns.resolve)
    const first = await connect(guard, server)
    expect(first).toEqual({ error: null, tried: ['127.0.0.1'], remote: '127.0.0.1' })
    expect(dns.asked).toEqual({ A: 1, AAAA: 1 })
    const second = await connect(guard, server)
    expect(second.error).toMatchObject(refused('169.254.169.254 is a cloud metadata service'))
    expect(second.tried).toEqual([])
  })

  it('tries the allowed ones of mixed answers, and no other, over both families', async () => {
    const server = await serveRaw(() => undefined)
    const dns = await rebindingDns([
      '169.254.169.254',
      '127.0.0.1',
      'fe80:0:0:0:0:0:0:1',
      'fd00:ec2:0:0:0:0:0:254',
    ])
    const got = await connect(createTargetGuard(INSIDE_TOO, dns.resolve), server)
    expect(got).toEqual({ error: null, tried: ['127.0.0.1'], remote: '127.0.0.1' })
  })

  it('still goes to the second of two allowed families when the first does not answer', async () => {
    const server = await serveRaw(() => undefined)
    // The server listens on IPv4 alone.
    const dns = await rebindingDns(['0:0:0:0:0:0:0:1', '169.254.1.1', '127.0.0.1'])
    const guard = createTargetGuard(INSIDE_TOO, (name, answer) =>
      dns.resolve(name, (error, found) => answer(error, found?.reverse())),
    )
    const got = await connect(guard, server)
    expect(got).toEqual({ error: null, tried: ['::1', '127.0.0.1'], remote: '127.0.0.1' })
  })

  it('that fails at the allowed address is a failure of whoever is there, not a refusal', async () => {
    const server = await serveRaw(() => undefined)
    await server.stop()
    const dns = await rebindingDns(['127.0.0.1', '169.254.169.254'])
    const got = await connect(createTargetGuard(INSIDE_TOO, dns.resolve), server)
    expect(got.error).toMatchObject({ code: 'ECONNREFUSED' })
    expect(got.tried).toEqual(['127.0.0.1'])
  })

  it.each([
    ['127.0.0.1', '127.0.0.1 is loopback'],
    ['127.0.0.1.', '127.0.0.1 is loopback'],
    ['::1', '::1 is loopback'],
    ['[::1]', '::1 is loopback'],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1 is loopback'],
    ['0.0.0.0', '0.0.0.0 is unspecified, which is this machine'],
    ['fe80::1%lo', 'fe80::1 is link-local'],
  ])('to the address %s is refused before anything is opened', async (host, reason) => {
    const server = await serveRaw(() => undefined)
    const got = await connect(createTargetGuard(OUTSIDE_ONLY), { host, port: server.port })
    expect(got.error).toBeInstanceOf(CallError)
    expect(got).toMatchObject({ error: refused(reason), tried: [] })
    expect(server.connections()).toBe(0)
  })

  it.each(['localhost', '2130706433', '0x7f000001', '0177.0.0.1', '127.1'])(
    'to %s, which the system reads as this machine, is refused',
    async (host) => {
      const server = await serveRaw(() => undefined)
      const got = await connect(createTargetGuard(OUTSIDE_ONLY), { host, port: server.port })
      expect(got).toMatchObject({ tried: [], error: { failure: { kind: 'refused_by_policy' } } })
      expect(server.connections()).toBe(0)
    },
  )

  it('to this machine is opened where the policy allows it', async () => {
    const server = await serveRaw(() => undefined)
    const guard = createTargetGuard({ private: false, loopback: true })
    const got = await connect(guard, { host: 'localhost', port: server.port })
    expect(got).toMatchObject({ error: null, remote: '127.0.0.1' })
  })
})
