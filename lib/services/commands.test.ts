import { authorNamed } from '#lib/domain/access/author.ts'
import { describe, expect, it } from 'vitest'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { saveAverages } from './advance-fleet.ts'
import { createProvider } from './create-provider.ts'
import { deleteProvider } from './delete-provider.ts'
import { readProvider } from './read-provider.ts'
import { readSettings } from './read-settings.ts'
import { releaseOverride } from './release-override.ts'
import { reportOutcomes } from './report-outcomes.ts'
import { resetCircuit } from './reset-circuit.ts'
import { revertSettings } from './revert-settings.ts'
import { saveSettings } from './save-settings.ts'
import { setOverride } from './set-override.ts'
import { stageFleet } from './stage-fleet.fixture.ts'
import { updateProvider } from './update-provider.ts'

const OPS_1 = authorNamed('ops-1')
const OPS_2 = authorNamed('ops-2')

const acme = { providerId: 'acme', model: null }
const force = {
  input: { mode: 'forced_open' as const, reason: 'invoice dispute', ttl: '1h' },
  author: OPS_1,
}

describe('operators’ commands on circuits', () => {
  it('force, release and reset hold at once and say that they are on disk', async () => {
    const stage = stageFleet()
    stage.add('acme')
    await stage.keep('acme')
    const forced = await setOverride(stage.engine, acme, force)
    expect(forced).toMatchObject({
      persisted: true,
      circuit: {
        state: 'closed',
        effective: 'open',
        override: { mode: 'forced_open', actor: 'ops-1', reason: 'invoice dispute' },
      },
    })
    const released = await releaseOverride(stage.engine, acme, { input: { reason: 'paid' }, author: OPS_2 })
    expect(released.circuit).toMatchObject({ effective: 'closed', override: null })
    const reset = await resetCircuit(stage.engine, acme, {
      input: { to: 'half_open', reason: 'try again' },
      author: OPS_2,
    })
    expect(reset.circuit.state).toBe('half_open')
    expect(stage.recorded()).toEqual([
      'acme override set',
      'acme override released',
      'acme closed>half_open operator',
    ])
    const { items } = await stage.engine.reader.audit({ from: 0, to: 9e15, cursor: null, limit: 10 })
    expect(items.map(({ action, actor }) => `${action} by ${actor}`)).toEqual([
      'circuit.reset by ops-2',
      'circuit.release by ops-2',
      'circuit.force by ops-1',
    ])
  })

  it('releasing what is not overridden records nothing', async () => {
    const stage = stageFleet()
    stage.add('acme')
    await releaseOverride(stage.engine, acme, { input: {}, author: OPS_1 })
    expect(stage.recorded()).toEqual([])
  })

  it('refuses unknown providers and models by name', async () => {
    const stage = stageFleet()
    stage.add('acme')
    await expect(
      setOverride(stage.engine, { providerId: 'nobody', model: null }, force),
    ).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('nobody') as string,
    })
    await expect(setOverride(stage.engine, { providerId: 'acme', model: 'm' }, force)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('with the database away takes effect at once, says so, and is written afterwards', async () => {
    const storage = memoryStorage()
    const stage = stageFleet(storage)
    stage.add('acme')
    await stage.keep('acme')
    storage.failWrites()
    const forced = await setOverride(stage.engine, acme, force)
    expect(forced).toMatchObject({ persisted: false, circuit: { effective: 'open' } })
    storage.recover()
    await storage.journal.close(5_000)
    expect(storage.reopen().restored.circuits).toMatchObject([
      { circuit: { override: { mode: 'forced_open' } } },
    ])
  })
})

const openai = { name: 'OpenAI (prod)', kind: 'openai' as const, apiKey: 'test-key-0123456789' }

describe('providers', () => {
  it('take their kind’s defaults and an id from their name, and never show their key', async () => {
    const stage = stageFleet()
    const { provider, persisted } = await createProvider(stage.engine, openai, OPS_1)
    expect(persisted).toBe(true)
    expect(provider).toMatchObject({
      id: 'openai-prod',
      baseUrl: 'https://api.openai.com/v1',
      hasApiKey: true,
      apiKeyLast4: '6789',
      probe: { type: 'models' },
    })
    expect(JSON.stringify(readProvider(stage.engine, 'openai-prod'))).not.toContain('test-key')
    expect(JSON.stringify(stage.events)).not.toContain('test-key')
    expect(stage.entry('openai-prod').provider).not.toHaveProperty('apiKey')
    const second = await createProvider(stage.engine, openai, OPS_1)
    expect(second.provider.id).toBe('openai-prod-2')
  })

  it('refuse a taken id, a missing base URL and thresholds that do not fit, each at its field', async () => {
    const stage = stageFleet()
    await createProvider(stage.engine, { ...openai, id: 'acme' }, OPS_1)
    const refusal = (path: string) => ({ code: 'invalid_input', fields: [{ path }] })
    await expect(createProvider(stage.engine, { ...openai, id: 'acme' }, OPS_1)).rejects.toMatchObject(
      refusal('id'),
    )
    await expect(
      createProvider(stage.engine, { name: 'x', kind: 'openai-compatible' }, OPS_1),
    ).rejects.toMatchObject(refusal('baseUrl'))
    const thresholds = { monitor: { interval: '5s' } }
    await expect(createProvider(stage.engine, { ...openai, thresholds }, OPS_1)).rejects.toMatchObject(
      refusal('thresholds.monitor.timeout'),
    )
    expect(stage.fleet.entries.size).toBe(1)
    expect(stage.fleet.settings.version).toBe(1)
  })

  it('carry their own thresholds in a new version of the settings, which go with them', async () => {
    const stage = stageFleet()
    const thresholds = { breaker: { failureThreshold: 2 } }
    await createProvider(stage.engine, { ...openai, id: 'acme', thresholds }, OPS_1)
    expect(readSettings(stage.engine)).toMatchObject({
      version: 2,
      settings: { providers: { acme: thresholds } },
    })
    expect(stage.entry('acme').policies.breaker.failureThreshold).toBe(2)
    const detail = readProvider(stage.engine, 'acme').thresholds
    expect(detail.filter(({ inherited }) => !inherited)).toEqual([
      { group: 'breaker', field: 'failureThreshold', value: 2, inherited: false },
    ])
    await deleteProvider(stage.engine, 'acme', { input: {}, author: OPS_1 })
    expect(readSettings(stage.engine)).toMatchObject({ version: 3, settings: { providers: {} } })
    expect(() => readProvider(stage.engine, 'acme')).toThrow('There is no provider "acme".')
  })

  it('may be named like what every object has: it sets nothing for itself, and goes as it came', async () => {
    const stage = stageFleet()
    const input = { id: 'constructor', name: 'Constructor', kind: 'openai' } as const
    const { provider, persisted } = await createProvider(stage.engine, input, OPS_1)
    expect(provider.thresholds).toEqual({})
    expect(persisted).toBe(true)
    await deleteProvider(stage.engine, 'constructor', { input: {}, author: OPS_1 })
    expect(readSettings(stage.engine).version).toBe(1)
  })

  it('change only what is given, and refuse a stale version with the provider as it stands', async () => {
    const stage = stageFleet()
    await createProvider(stage.engine, { ...openai, id: 'acme', region: 'eu' }, OPS_1)
    const changed = await updateProvider(stage.engine, 'acme', {
      input: { expectedVersion: 1, weight: 3 },
      author: OPS_1,
    })
    expect(changed.provider).toMatchObject({ version: 2, weight: 3, region: 'eu', hasApiKey: true })
    await expect(
      updateProvider(stage.engine, 'acme', { input: { expectedVersion: 1, weight: 4 }, author: OPS_2 }),
    ).rejects.toMatchObject({ code: 'conflict', facts: { currentVersion: 2, current: { weight: 3 } } })
  })

  it('start anew with another base URL, kind or key, and only then', async () => {
    const stage = stageFleet()
    await createProvider(stage.engine, { ...openai, id: 'acme' }, OPS_1)
    stage.pass(60_000)
    const failed = { ...acme, class: 'provider_error' as const, kind: 'refused' as const, httpStatus: null }
    stage.see(failed, failed, failed, failed, failed)
    await updateProvider(stage.engine, 'acme', {
      input: { expectedVersion: 1, name: 'Acme' },
      author: OPS_1,
    })
    expect(stage.entry('acme').own.circuit.state).toBe('open')
    await updateProvider(stage.engine, 'acme', {
      input: { expectedVersion: 2, apiKey: 'test-key-new' },
      author: OPS_1,
    })
    expect(stage.entry('acme')).toMatchObject({
      epoch: 1,
      health: { status: 'unknown', samples: 0 },
      own: { circuit: { state: 'closed' } },
    })
    expect(stage.recorded()).toContain('acme open>closed settings')
  })

  it('start anew on disk too, with the change itself; what operators laid over their circuits stays', async () => {
    const stage = stageFleet()
    await createProvider(stage.engine, { ...openai, id: 'acme' }, OPS_1)
    stage.pass(60_000)
    stage.see(
      { ...acme, model: 'm', source: 'passive' },
      { ...acme, class: 'credentials', kind: 'unauthorized', httpStatus: 401 },
    )
    await setOverride(stage.engine, { providerId: 'acme', model: 'm' }, force)
    saveAverages(stage.fleet)
    const onDisk = () => stage.storage.reopen().restored
    await expect.poll(() => onDisk().health).toMatchObject([{ health: { credentialsFailed: true } }])

    const renamed = { expectedVersion: 1, name: 'Acme' }
    await updateProvider(stage.engine, 'acme', { input: renamed, author: OPS_1 })
    expect(onDisk().health).toHaveLength(1)
    const otherKey = { expectedVersion: 2, apiKey: 'test-key-new' }
    const { persisted } = await updateProvider(stage.engine, 'acme', { input: otherKey, author: OPS_1 })

    expect(persisted).toBe(true)
    expect(onDisk().health).toEqual([])
    const after = stageFleet(stage.storage.reopen(), stage.engine.clock.now())
    expect(after.entry('acme')).toMatchObject({
      health: { status: 'unknown', credentialsFailed: false },
      own: { circuit: { state: 'closed', override: null } },
    })
    expect(after.entry('acme').models.get('m')?.circuit).toMatchObject({
      state: 'closed',
      override: { mode: 'forced_open', reason: 'invoice dispute' },
    })
  })

  it('take nothing over of the second that is open: the old upstream’s last failures are not the new one’s', async () => {
    const stage = stageFleet()
    await createProvider(stage.engine, { ...openai, id: 'acme' }, OPS_1)
    const broken = { ...acme, source: 'passive', class: 'credentials', kind: 'unauthorized' } as const
    stage.see({ ...broken, httpStatus: 401 })
    await updateProvider(stage.engine, 'acme', {
      input: { expectedVersion: 1, apiKey: 'test-key-new' },
      author: OPS_1,
    })
    stage.pass(5_000)
    expect(stage.entry('acme').health).toMatchObject({ status: 'unknown', samples: 0 })
    stage.see({ ...acme, source: 'passive' })
    stage.pass(5_000)
    expect(stage.entry('acme').health).toMatchObject({ status: 'healthy', samples: 1, successRate: 1 })
  })

  it('keep a secret header sealed, and keep it when its mask comes back', async () => {
    const stage = stageFleet()
    const headers = { 'x-team': 'core', 'x-proxy-token': 'test-token' }
    const made = await createProvider(stage.engine, { ...openai, id: 'acme', headers }, OPS_1)
    expect(made.provider.headers).toEqual({ 'x-team': 'core', 'x-proxy-token': '••••' })
    const kept = stage.entry('acme').provider.headers['x-proxy-token']
    expect(kept).toBe('sealed:sealed(test-token)')
    await updateProvider(stage.engine, 'acme', {
      input: { expectedVersion: 1, headers: made.provider.headers },
      author: OPS_1,
    })
    expect(stage.entry('acme').provider.headers['x-proxy-token']).toBe(kept)
  })
})

describe('settings', () => {
  const stricter = { ...DEFAULT_SETTINGS, breaker: { ...DEFAULT_SETTINGS.breaker, failureThreshold: 3 } }
  const save = { settings: stricter, expectedVersion: 1, reason: 'catch it sooner' }

  it('are in force at once, as the next version', async () => {
    const stage = stageFleet()
    stage.add('acme')
    expect(await saveSettings(stage.engine, save, OPS_1)).toMatchObject({
      version: 2,
      actor: 'ops-1',
      persisted: true,
    })
    expect(stage.entry('acme').policies.breaker.failureThreshold).toBe(3)
    expect(readSettings(stage.engine)).toMatchObject({ version: 2, persisted: true })
  })

  it('that change nothing make no version, leave no record, and answer with the one in force', async () => {
    const stage = stageFleet()
    stage.add('acme')
    stage.add('other')
    const own = {
      acme: { health: { minSamples: 9 } },
      other: { breaker: { minCalls: 20, failureRate: 0.4 } },
    }
    const saved = await saveSettings(
      stage.engine,
      { ...save, settings: { ...stricter, providers: own } },
      OPS_1,
    )
    const everything = { from: 0, to: 9e15, cursor: null, limit: 10 }
    const before = (await stage.engine.reader.audit(everything)).items.length
    const { acme, other } = own
    const inAnotherOrder = {
      other: { breaker: { failureRate: 0.4, minCalls: other.breaker.minCalls } },
      acme,
    }
    const again = {
      settings: { ...stricter, providers: inAnotherOrder },
      expectedVersion: 2,
      reason: 'again',
    }
    expect(await saveSettings(stage.engine, again, OPS_2)).toEqual(saved)
    expect(readSettings(stage.engine).version).toBe(2)
    expect((await stage.engine.reader.audit(everything)).items).toHaveLength(before)
    await expect(saveSettings(stage.engine, { ...again, expectedVersion: 1 }, OPS_2)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('refuse a stale version with the one in force, and unknown providers by name', async () => {
    const stage = stageFleet()
    await saveSettings(stage.engine, save, OPS_1)
    await expect(saveSettings(stage.engine, save, OPS_2)).rejects.toMatchObject({
      code: 'conflict',
      facts: { currentVersion: 2, current: { actor: 'ops-1' } },
    })
    const unknown = { ...save, expectedVersion: 2, settings: { ...stricter, providers: { nobody: {} } } }
    await expect(saveSettings(stage.engine, unknown, OPS_2)).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'settings.providers.nobody' }],
    })
  })

  it('are reverted as a new version, without thresholds of providers that are gone', async () => {
    const stage = stageFleet()
    await createProvider(
      stage.engine,
      { ...openai, id: 'acme', thresholds: { health: { minSamples: 9 } } },
      OPS_1,
    )
    await deleteProvider(stage.engine, 'acme', { input: {}, author: OPS_1 })
    await saveSettings(stage.engine, { ...save, expectedVersion: 3 }, OPS_1)
    const reverted = await revertSettings(
      stage.engine,
      { version: 2, expectedVersion: 4, reason: 'too strict' },
      OPS_2,
    )
    expect(reverted).toMatchObject({
      version: 5,
      settings: { breaker: { failureThreshold: 5 }, providers: {} },
    })
    await expect(
      revertSettings(stage.engine, { version: 99, expectedVersion: 5, reason: 'what was it' }, OPS_2),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      fields: [{ path: 'version', message: 'there is no version 99' }],
    })
  })
})

describe('reported outcomes', () => {
  it('are taken all or not at all', () => {
    const stage = stageFleet()
    stage.add('acme')
    const ok = { providerId: 'acme', model: 'm', class: 'ok' as const, latencyMs: 50 }
    expect(() => reportOutcomes(stage.engine, [ok, { ...ok, providerId: 'nobody' }])).toThrow(
      'unknown providers',
    )
    expect(stage.entry('acme').hour.figures(stage.engine.clock.now()).count).toBe(0)
    expect(reportOutcomes(stage.engine, [ok, ok])).toEqual({ accepted: 2 })
    expect(stage.entry('acme').hour.figures(stage.engine.clock.now())).toMatchObject({
      count: 2,
      traffic: { ok: 2 },
    })
  })

  it('open the model’s circuit, and a call that began before the opening does not touch it', () => {
    const stage = stageFleet()
    stage.add('acme')
    const failed = { providerId: 'acme', model: 'm', httpStatus: 503, latencyMs: 50 }
    reportOutcomes(
      stage.engine,
      Array.from({ length: 5 }, () => failed),
    )
    const { circuit } = stage.entry('acme').models.get('m')!
    expect(circuit.state).toBe('open')
    stage.pass(circuit.retryAt! - stage.engine.clock.now() + 10)
    reportOutcomes(stage.engine, [{ ...failed, latencyMs: 60_000 }])
    expect(stage.entry('acme').models.get('m')?.circuit.state).toBe('half_open')
    reportOutcomes(stage.engine, [{ ...failed, latencyMs: 5 }])
    expect(stage.entry('acme').models.get('m')?.circuit.state).toBe('open')
  })
})
