import { describe, expect, it } from 'vitest'
import { rebindingDns } from '#lib/adapters/http/testing/rebinding-dns.ts'
import { says } from './testing/faulty-upstream.fixture.ts'
import { ask, CHAT, stageGateway } from './testing/stage-gateway.fixture.ts'

const REFUSAL = 'refused by policy: 169.254.169.254 is a cloud metadata service'

/** A gateway before which `acme` is under a name that leads to these addresses, one after another. */
async function stageRebinding(providers: readonly string[], ...turns: (string | string[])[]) {
  const dns = await rebindingDns(...turns)
  const stage = await stageGateway({ providers, resolve: dns.resolve })
  for (const id of providers) stage.upstream(id).does(says(`I am ${id}`))
  const acme = stage.entry('acme')
  acme.provider = { ...acme.provider, baseUrl: acme.provider.baseUrl.replace('127.0.0.1', 'rebinds.example') }
  return { ...stage, dns, acme }
}

const errorOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { error: { code: string; message: string } }).error

describe('a provider that policy refuses to call', () => {
  it('is passed over for the next one, and then left out with the reason', async () => {
    const stage = await stageRebinding(['acme', 'blue'], '169.254.169.254')
    const first = await stage.send(CHAT, ask())
    expect(first).toMatchObject({
      status: 200,
      headers: { 'x-switchyard-provider': 'blue', 'x-switchyard-attempts': '2' },
    })
    expect(stage.decided()?.decision.attempts).toMatchObject([
      { providerId: 'acme', class: 'internal', error: REFUSAL, httpStatus: null },
      { providerId: 'blue', class: 'ok' },
    ])
    const second = await stage.send(CHAT, ask())
    expect(second).toMatchObject({ status: 200, headers: { 'x-switchyard-attempts': '1' } })
    expect(stage.decided()?.decision.candidates).toMatchObject([
      { providerId: 'acme', drop: 'refused_by_policy', reason: REFUSAL },
      { providerId: 'blue', drop: null },
    ])
    expect(stage.dns.asked.A).toBe(1)
    expect(stage.upstream('acme').heard).toEqual([])
  })

  it('moves neither its health nor its circuits, and is asked again after a while', async () => {
    const stage = await stageRebinding(['acme', 'blue'], '169.254.169.254', '127.0.0.1')
    await stage.send(CHAT, ask())
    await stage.passTime(2_000)
    expect(stage.acme.health).toMatchObject({ status: 'unknown', samples: 0 })
    expect(stage.circuits().own).toMatchObject({ state: 'closed', consecutiveFailures: 0 })
    expect(stage.acme.models.get('gpt-4o')?.circuit.consecutiveFailures).toBe(0)
    await stage.passTime(30_000)
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 200, headers: { 'x-switchyard-provider': 'acme' } })
    expect(stage.acme.refusal).toBeNull()
  })

  it('is tried without a retry budget: nothing was sent', async () => {
    const stage = await stageRebinding(['acme', 'blue'], '169.254.169.254')
    const { settings } = stage.fleet.settings
    stage.settle({ routing: { ...settings.routing, retryBudget: 0, retryBudgetMin: 0 } })
    expect((await stage.send(CHAT, ask())).headers['x-switchyard-provider']).toBe('blue')
  })

  it('is told when it is the only one: first as what must be mended, then as nobody', async () => {
    const stage = await stageRebinding(['acme'], '169.254.169.254')
    const first = await stage.send(CHAT, ask())
    expect(first).toMatchObject({ status: 502, headers: { 'x-should-retry': 'false' } })
    expect(errorOf(first).code).toBe('provider_not_allowed')
    const second = await stage.send(CHAT, ask())
    expect(second.status).toBe(503)
    expect(errorOf(second)).toMatchObject({
      code: 'no_provider',
      message: expect.stringContaining('the only member is refused by policy') as string,
    })
    // Where our network is not for clients to know.
    expect(first.text + second.text).not.toContain('169.254')
  })

  it('keeps its checked address while its connection is kept', async () => {
    const stage = await stageRebinding(['acme'], '127.0.0.1', '169.254.169.254')
    for (let request = 0; request < 3; request += 1) expect((await stage.send(CHAT, ask())).status).toBe(200)
    expect(stage.dns.asked.A).toBe(1)
  })

  it('is called at the allowed one of its addresses', async () => {
    const stage = await stageRebinding(['acme'], ['169.254.169.254', '127.0.0.1'])
    expect((await stage.send(CHAT, ask())).status).toBe(200)
  })

  it('is this machine where private targets are off', async () => {
    const stage = await stageGateway({ targets: { private: false, loopback: false } })
    expect(errorOf(await stage.send(CHAT, ask())).code).toBe('provider_not_allowed')
    expect(stage.decided()?.decision.attempts).toMatchObject([
      { error: 'refused by policy: 127.0.0.1 is loopback' },
    ])
  })
})
