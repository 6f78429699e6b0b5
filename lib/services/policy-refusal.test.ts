import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import { json, serve } from '#lib/adapters/http/testing/local-server.ts'
import { prober } from '#lib/adapters/http/testing/probe-once.ts'
import { rebindingDns } from '#lib/adapters/http/testing/rebinding-dns.ts'
import { changeProvider } from './configure-provider.ts'
import { checkProvider } from './check-provider.ts'
import { stageFleet } from './stage-fleet.fixture.ts'

const MODELS = { data: [{ id: 'm-1' }] }
const REFUSAL = 'refused by policy: 169.254.169.254 is a cloud metadata service'
const REFUSED = { class: 'internal', kind: 'refused_by_policy', message: REFUSAL, skipped: null }

/** A fleet with one provider under a name that leads to a server of ours for so many checks, then to metadata. */
async function stageRebinding(goodChecks: number) {
  const server = await serve(json(MODELS, 200, { connection: 'close' }))
  const dns = await rebindingDns(...Array<string>(goodChecks).fill('127.0.0.1'), '169.254.169.254')
  const staged = stageFleet()
  const { fleet, engine } = staged
  staged.add('acme', { baseUrl: `http://rebinds.example:${server.port}` })
  const made = prober({ clock: engine.clock, resolve: dns.resolve })
  const { signal } = new AbortController()
  const check = () =>
    checkProvider(fleet, { ...engine.world, prober: made }, { providerId: 'acme', signal, isForced: true })
  return { ...staged, server, check, acme: staged.entry('acme') }
}

describe('a check that policy refuses', () => {
  it('is on record with its reason, and moves neither health nor circuit', async () => {
    const { check, acme, server, pass } = await stageRebinding(2)
    await check()
    await check()
    const { health, own } = acme
    expect(health).toMatchObject({ status: 'healthy', samples: 2 })
    for (let refused = 0; refused < 6; refused += 1) {
      pass(30_000)
      expect(await check()).toMatchObject(REFUSED)
    }
    expect(acme.health).toEqual({ ...health, reason: REFUSAL })
    expect(own.circuit).toMatchObject({ state: 'closed', consecutiveFailures: 0, leases: [] })
    expect(server.requests).toHaveLength(2)
  })

  it('leaves a provider unknown that was never reached, with the reason in its place', async () => {
    const { check, acme } = await stageRebinding(0)
    expect(await check()).toMatchObject(REFUSED)
    expect(acme.health).toMatchObject({ status: 'unknown', reason: REFUSAL, samples: 0 })
  })

  it('does not give a half-open circuit its verdict', async () => {
    const { check, acme, see, pass } = await stageRebinding(0)
    const failure = { providerId: 'acme', class: 'provider_error', kind: 'refused' } as const
    see(failure, failure, failure, failure, failure)
    pass(70_000)
    const { generation } = acme.own.circuit
    expect(acme.own.circuit.state).toBe('half_open')
    expect(await check()).toMatchObject(REFUSED)
    expect(acme.own.circuit).toMatchObject({ state: 'half_open', generation, leases: [], trialsSucceeded: 0 })
  })

  it('is forgotten with the base URL that it was for', async () => {
    const { check, acme, fleet, server } = await stageRebinding(0)
    await check()
    expect(acme.refusal).toMatchObject({ reason: REFUSAL })
    changeProvider(fleet, acme, {
      provider: { ...acme.provider, baseUrl: server.url },
      author: authorNamed('ann'),
    })
    expect(acme.refusal).toBeNull()
    expect(acme.health.reason).toBe('not checked yet')
  })

  it('does not vouch for our way out while every other provider is out of reach', async () => {
    const { check, acme, add, fleet, engine, entry } = await stageRebinding(0)
    await check()
    expect(acme.unreachedSince).toBeNull()
    const dead = prober({
      clock: engine.clock,
      resolve: (_name, answer) => answer(Object.assign(new Error('dead'), { code: 'EAI_AGAIN' }), undefined),
    })
    const { signal } = new AbortController()
    const world = { ...engine.world, prober: dead }
    for (const id of ['blue', 'cedar']) add(id)
    const checks = await Promise.all(
      ['blue', 'cedar', 'blue'].map((providerId) =>
        checkProvider(fleet, world, { providerId, signal, isForced: true }),
      ),
    )
    expect(checks.at(-1)).toMatchObject({ class: 'internal', kind: 'egress_down' })
    expect(entry('blue').own.circuit.state).toBe('closed')
  })
})
