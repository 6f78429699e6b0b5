import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MemoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { notificationWith } from '#lib/domain/alerts/notification.fixture.ts'
import { type Stage, stageRuntime } from '#lib/server/stage-runtime.fixture.ts'
import { type DeliveryRecord, emptyAlerting } from '#lib/services/alerts/records.ts'
import { watchAlerts } from '#lib/services/alerts/watch-alerts.ts'
import { emptyEntry } from '#lib/services/drive-circuit.ts'
import { call } from './call.fixture.ts'

let stage: Stage

beforeEach(async () => {
  stage = await stageRuntime()
})
afterEach(() => stage.close())

/** What people are on record for about alerts, oldest first. */
async function onRecord({ reader }: MemoryStorage) {
  const page = await reader.audit({ from: 0, to: Number.MAX_SAFE_INTEGER, cursor: null, limit: 50 })
  return page.items.toReversed()
}

const RULE = { name: 'Provider down', severity: 'critical', condition: { type: 'provider_unhealthy' } }
const createRule = (over: object = {}, headers: Record<string, string> = {}) =>
  call('createAlertRule', { body: { ...RULE, ...over }, headers })
const replaceRule = (id: string, over: object = {}) =>
  call('replaceAlertRule', { params: { id }, body: { expectedVersion: 1, ...RULE, ...over } })

const ADDRESS = 'https://hooks.example.com/T000/canary-address'
const TOKEN = 'Bearer canary-token'
const HOOK = {
  kind: 'webhook',
  id: 'hook',
  name: 'Hook',
  settings: {},
  secrets: { url: { secret: ADDRESS } },
}
const ALERTMANAGER = {
  kind: 'alertmanager',
  id: 'am',
  name: 'Alertmanager',
  settings: { baseUrl: 'https://am.example.com' },
  secrets: { credential: { secret: 'canary-token' } },
}
const createChannel = (body: object = HOOK) => call('createChannel', { body })
const patchChannel = (id: string, over: object, expectedVersion = 1) =>
  call('patchChannel', { params: { id }, body: { kind: 'webhook', expectedVersion, ...over } })

describe('alert rules', () => {
  it('are added, read, replaced and deleted, each on record with what was before and after', async () => {
    const created = await createRule()
    const { id } = created.body.rule
    expect(created).toMatchObject({
      status: 201,
      body: {
        persisted: true,
        rule: { ...RULE, enabled: true, scope: { type: 'all' }, for: '60s', keepFiring: '2m', version: 1 },
      },
    })
    expect((await call('readAlertRules')).body.items).toEqual([created.body.rule])
    const replaced = await replaceRule(id, { severity: 'info', for: '0s' })
    expect(replaced).toMatchObject({
      status: 200,
      body: { rule: { id, severity: 'info', for: '0s', version: 2 } },
    })
    expect((await call('readAlertRule', { params: { id } })).body).toEqual(replaced.body.rule)
    expect(stage.storage.reopen().restored.alerting.rules).toMatchObject([{ version: 2, rule: { forMs: 0 } }])
    const reason = 'told by another'
    expect(await call('deleteAlertRule', { params: { id }, body: { reason } })).toMatchObject({ status: 200 })
    expect(stage.storage.reopen().restored.alerting.rules).toEqual([])
    expect(await onRecord(stage.storage)).toMatchObject([
      { action: 'alert-rule.create', before: null, after: created.body.rule },
      { action: 'alert-rule.replace', before: created.body.rule, after: replaced.body.rule },
      { action: 'alert-rule.delete', actor: 'operator', reason, before: replaced.body.rule, after: null },
    ])
  })

  it('are not replaced by somebody who saw an older version, who is told the present one', async () => {
    const { id } = (await createRule()).body.rule
    await replaceRule(id, { name: 'Mine' })
    expect(await replaceRule(id, { name: 'Theirs' })).toMatchObject({
      status: 409,
      problem: { currentVersion: 2, current: { id, name: 'Mine', version: 2 } },
    })
    expect((await call('readAlertRule', { params: { id } })).body.name).toBe('Mine')
  })

  it('of no such id are neither read, replaced nor deleted', async () => {
    const params = { id: 'nothing' }
    for (const answer of [
      await call('readAlertRule', { params }),
      await replaceRule('nothing'),
      await call('deleteAlertRule', { params }),
    ])
      expect(answer).toMatchObject({ status: 404, problem: { id: 'nothing' } })
  })

  it('are added once however often the request with its key comes', async () => {
    const headers = { 'idempotency-key': 'once' }
    const [first, second] = [await createRule({}, headers), await createRule({}, headers)]
    expect(second.body).toEqual(first.body)
    expect((await call('readAlertRules')).body.items).toHaveLength(1)
  })

  it.each<[why: string, over: object, path: string]>([
    ['no name', { name: ' ' }, 'name'],
    ['a channel that is not there', { channels: ['nowhere'] }, 'channels.0'],
    ['a provider that is not there', { scope: { type: 'providers', ids: ['nobody'] } }, 'scope.ids.0'],
    ['nobody', { scope: { type: 'tags', tags: [] } }, 'scope.tags'],
    ['a scope that the condition is not about', { scope: { type: 'routes', ids: ['chat'] } }, 'scope'],
    [
      'a rate of everything',
      { condition: { type: 'success_rate', below: 1, window: '5m', minSamples: 10 } },
      'condition.below',
    ],
    [
      'a window that nothing is kept for',
      { condition: { type: 'no_traffic', window: '2d' } },
      'condition.window',
    ],
    ['a time without its unit', { for: '60' }, 'for'],
    ['a link that would run', { runbookUrl: 'javascript:alert(1)' }, 'runbookUrl'],
  ])('are refused at the field: %s', async (_why, over, path) => {
    expect(await createRule(over)).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
    expect((await call('readAlertRules')).body.items).toEqual([])
    expect(await onRecord(stage.storage)).toEqual([])
  })

  it('do not share a name, and keep their own', async () => {
    const { id } = (await createRule()).body.rule
    expect(await createRule()).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'name', message: '"Provider down" is taken' }] },
    })
    expect(await replaceRule(id)).toMatchObject({ status: 200 })
  })
})

describe('a back-test', () => {
  const body = {
    rule: { name: 'try', condition: { type: 'success_rate', below: 0.9, window: '5m', minSamples: 5 } },
    days: 1,
  }

  it('looks as long as its client is there', async () => {
    const acme = { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'https://acme.example' }
    expect(await call('createProvider', { body: acme })).toMatchObject({ status: 201 })
    expect(await call('backTestAlertRule', { body })).toMatchObject({ status: 200, body: { testable: true } })
    const gone = new AbortController()
    const answer = call('backTestAlertRule', { body, signal: gone.signal })
    gone.abort()
    expect(await answer).toMatchObject({ status: 503, problem: { detail: 'The client went away.' } })
  })
})

describe('channels', () => {
  it('are added, changed and deleted, and never tell a secret: not to a reader, nor the record, nor the log', async () => {
    const secrets = { ...HOOK.secrets, authorization: { reference: 'env:HOOK_TOKEN' } }
    const created = await createChannel({ ...HOOK, secrets })
    expect(created).toMatchObject({
      status: 201,
      body: {
        channel: {
          id: 'hook',
          kind: 'webhook',
          settings: { form: 'json' },
          secrets: {
            url: { isSet: true, last4: 'ress', reference: null },
            signingSecret: { isSet: false },
            authorization: { isSet: true, last4: null, reference: 'env:HOOK_TOKEN' },
          },
          health: { waiting: 0, failures: 0, pausedUntil: null, last: null },
        },
      },
    })
    const changed = await patchChannel('hook', {
      name: 'Pager',
      secrets: { authorization: { secret: TOKEN }, url: { secret: `${ADDRESS}2` } },
    })
    expect(changed.body.channel).toMatchObject({ name: 'Pager', version: 2 })
    const told = [
      created.body,
      changed.body,
      (await call('readChannels')).body,
      (await call('readChannel', { params: { id: 'hook' } })).body,
      await onRecord(stage.storage),
      stage.logged(),
    ]
    expect(JSON.stringify(told)).not.toMatch(/canary/)
    expect(await call('deleteChannel', { params: { id: 'hook' } })).toMatchObject({ status: 200 })
    expect((await onRecord(stage.storage)).map(({ action }) => action)).toEqual([
      'channel.create',
      'channel.change',
      'channel.delete',
    ])
    expect(stage.storage.reopen().restored.alerting.channels).toEqual([])
  })

  it('keep what a change leaves out, and lose what it takes away', async () => {
    await createChannel({ ...HOOK, secrets: { ...HOOK.secrets, authorization: { secret: TOKEN } } })
    await patchChannel('hook', { enabled: false, secrets: { authorization: null } })
    expect((await call('readChannel', { params: { id: 'hook' } })).body).toMatchObject({
      enabled: false,
      name: 'Hook',
      secrets: { url: { isSet: true }, authorization: { isSet: false } },
    })
  })

  it('are not changed by somebody who saw an older version, who is told the present one', async () => {
    await createChannel()
    await patchChannel('hook', { name: 'Mine' })
    expect(await patchChannel('hook', { name: 'Theirs' })).toMatchObject({
      status: 409,
      problem: { currentVersion: 2, current: { name: 'Mine', version: 2 } },
    })
  })

  it('of no such id are neither read, changed, tried nor deleted', async () => {
    const params = { id: 'nothing' }
    for (const answer of [
      await call('readChannel', { params }),
      await patchChannel('nothing', { name: 'Other' }),
      await call('testChannel', { params }),
      await call('previewChannel', { params }),
      await call('deleteChannel', { params }),
    ])
      expect(answer).toMatchObject({ status: 404, problem: { id: 'nothing' } })
  })

  it.each<[why: string, body: object, path: string]>([
    ['no name', { ...HOOK, name: '' }, 'name'],
    ['no address', { ...HOOK, secrets: {} }, 'secrets.url'],
    ['an address that is none', { ...HOOK, secrets: { url: { secret: 'hooks' } } }, 'secrets.url.secret'],
    [
      'a template of a name that there is not',
      { ...HOOK, settings: { form: 'custom', template: '{"a":"{{nothing}}"}' } },
      'settings.template',
    ],
    [
      'an address of no web server',
      { ...ALERTMANAGER, settings: { baseUrl: 'ftp://a' } },
      'settings.baseUrl',
    ],
  ])('are refused at the field: %s', async (_why, body, path) => {
    expect(await createChannel(body)).toMatchObject({ status: 422, problem: { errors: [{ path }] } })
    expect((await call('readChannels')).body.items).toEqual([])
  })

  it('keep their kind, and the secret that they cannot do without', async () => {
    await createChannel()
    const asSlack = { kind: 'slack', expectedVersion: 1 }
    expect(await call('patchChannel', { params: { id: 'hook' }, body: asSlack })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'kind' }] },
    })
    expect(await patchChannel('hook', { secrets: { url: null } })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'secrets.url', message: 'is needed' }] },
    })
  })

  it('send no kept secret to another address: it is given again with the change, or removed', async () => {
    await createChannel(ALERTMANAGER)
    const settings = { baseUrl: 'https://collector.example.net' }
    const patch = (over: object) => patchChannel('am', { kind: 'alertmanager', settings, ...over })
    const refused = await patch({})
    expect(refused).toMatchObject({ status: 422, problem: { errors: [{ path: 'secrets.credential' }] } })
    expect(refused.problem.errors?.[0]?.message).toContain('give it again')
    expect((await call('readChannel', { params: { id: 'am' } })).body).toMatchObject({
      version: 1,
      settings: { baseUrl: 'https://am.example.com' },
    })
    const unmoved = await patchChannel('am', {
      kind: 'alertmanager',
      settings: { ...ALERTMANAGER.settings, holdMs: 600_000 },
    })
    expect(unmoved.status).toBe(200)
    const removed = await patchChannel(
      'am',
      { kind: 'alertmanager', settings, secrets: { credential: null } },
      2,
    )
    expect(removed.body.channel).toMatchObject({ settings, secrets: { credential: { isSet: false } } })
  })

  it('are tried once, on record, and show what would be sent', async () => {
    await createChannel()
    const params = { id: 'hook' }
    expect((await call('testChannel', { params })).body).toMatchObject({ outcome: 'delivered' })
    expect((await call('previewChannel', { params })).body).toMatchObject({ request: null })
    await expect.poll(async () => (await onRecord(stage.storage)).at(-1)?.action).toBe('channel.test')
  })
})

describe('dead letters', () => {
  const dead: DeliveryRecord = {
    id: 'ntf_01/hook',
    incidentId: 'inc_01',
    channelId: 'hook',
    position: 1,
    notification: notificationWith(),
    state: 'dead',
    attempts: 3,
    nextAttemptAt: null,
    createdAt: 1_000,
    endedAt: 2_000,
    lastResult: {
      outcome: 'refused',
      status: 404,
      answer: 'gone',
      retryAfterMs: null,
      detail: 'It answered 404.',
    },
  }
  const bury = () =>
    stage.runtime.engine.journal.commit({
      ...emptyEntry,
      alerting: { ...emptyAlerting, deliveries: [dead, { ...dead, id: 'ntf_01/other', channelId: 'other' }] },
    })
  const deadOf = async (channelId: string) =>
    (await call('readDeliveries', { query: { state: 'dead', channelId } })).body.items

  it('are listed by channel with what was answered, and sent again by hand', async () => {
    await createChannel()
    await bury()
    expect(await deadOf('hook')).toMatchObject([
      { id: dead.id, channelName: 'Hook', state: 'dead', attempts: 3, lastResult: dead.lastResult },
    ])
    const params = { id: dead.id }
    expect(await call('resendDelivery', { params })).toMatchObject({
      status: 200,
      body: { delivery: { state: 'waiting', attempts: 0 } },
    })
    await expect.poll(() => deadOf('hook')).toEqual([])
    await expect
      .poll(async () => (await call('readDeliveries', { query: { state: 'delivered' } })).body.items)
      .toMatchObject([{ id: dead.id, attempts: 1 }])
    expect(await call('resendDelivery', { params })).toMatchObject({ status: 409 })
    expect((await onRecord(stage.storage)).at(-1)?.action).toBe('delivery.resend')
  })

  it('stay dead where there is no channel any more, or it is turned off', async () => {
    await createChannel({ ...HOOK, enabled: false })
    await bury()
    for (const id of [dead.id, 'ntf_01/other'])
      expect(await call('resendDelivery', { params: { id } })).toMatchObject({ status: 409 })
    expect(await call('resendDelivery', { params: { id: 'none' } })).toMatchObject({ status: 404 })
  })
})

/** An incident that fires: of a route with too few members, by a rule that does not wait. */
async function stageIncident(): Promise<string> {
  await call('createProvider', {
    body: { id: 'acme', name: 'Acme', kind: 'http', baseUrl: 'http://127.0.0.1:1/health' },
  })
  const strategy = { type: 'load-balance', algorithm: 'weighted' }
  await call('createRoute', {
    body: { name: 'chat', models: ['gpt-5'], members: [{ providerId: 'acme' }], strategy },
  })
  await createRule({ name: 'Alone', condition: { type: 'route_members', atMost: 1 }, for: '0s' })
  watchAlerts(stage.runtime.engine)
  const { items } = (await call('readOpenIncidents')).body
  expect(items).toMatchObject([{ causeType: 'route', severity: 'critical', alerts: { firing: 1 } }])
  return items[0]!.id
}

describe('silences', () => {
  const SILENCE = {
    matchers: [{ field: 'rule', operator: 'is', value: 'Alone' }],
    reason: 'planned work',
    until: '2099-01-01T00:00:00.000Z',
  }

  it('say what they match, are on record, and end by hand', async () => {
    await stageIncident()
    const { matchers } = SILENCE
    expect((await call('previewSilence', { body: { matchers } })).body).toMatchObject({
      total: 1,
      alerts: [{ ruleName: 'Alone' }],
    })
    const made = await call('createSilence', { body: SILENCE })
    expect(made).toMatchObject({
      status: 201,
      body: { silence: { matchers, state: 'active', matchesNow: 1, createdBy: 'operator' } },
    })
    expect((await call('readSilences')).body.items).toEqual([made.body.silence])
    const params = { id: made.body.silence.id }
    expect(await call('deleteSilence', { params, body: { reason: 'done' } })).toMatchObject({ status: 200 })
    expect(await call('deleteSilence', { params })).toMatchObject({ status: 404 })
    expect((await onRecord(stage.storage)).slice(-2)).toMatchObject([
      { action: 'silence.create', reason: 'planned work' },
      { action: 'silence.end', reason: 'done' },
    ])
  })

  it.each<[why: string, over: object, path: string]>([
    ['nothing to match', { matchers: [] }, 'matchers'],
    ['no reason', { reason: '' }, 'reason'],
    ['no end', { until: null }, 'until'],
    ['an end before its beginning', { from: '2099-01-02T00:00:00.000Z' }, 'until'],
  ])('are refused at the field: %s', async (_why, over, path) => {
    expect(await call('createSilence', { body: { ...SILENCE, ...over } })).toMatchObject({
      status: 422,
      problem: { errors: [{ path }] },
    })
    expect((await call('readSilences')).body.items).toEqual([])
  })
})

describe('incidents', () => {
  it('are acknowledged once, take notes, and tell their story', async () => {
    const id = await stageIncident()
    const params = { id }
    const acknowledged = await call('acknowledgeIncident', { params, body: { note: 'on it' } })
    expect(acknowledged).toMatchObject({
      status: 200,
      body: { incident: { id, acknowledgement: { by: 'operator', note: 'on it' } } },
    })
    expect(await call('acknowledgeIncident', { params })).toMatchObject({ status: 409 })
    await call('noteIncident', { params, body: { text: 'the member was removed' } })
    const story = (await call('readIncident', { params })).body
    expect(story).toMatchObject({ id, dedupKey: `switchyard/${id}`, routes: [{ name: 'chat', eligible: 1 }] })
    const told = story.timeline.flatMap((entry) => (entry.kind === 'event' ? [entry.type] : []))
    expect(told).toEqual(expect.arrayContaining(['began', 'acknowledged', 'note']))
    expect((await call('readIncidents', { query: { state: 'open' } })).body.items).toMatchObject([{ id }])
    // It is about a route, and so about none of its providers.
    expect((await call('readIncidents', { query: { providerId: 'acme' } })).body.items).toEqual([])
    expect((await onRecord(stage.storage)).slice(-2)).toMatchObject([
      { action: 'incident.acknowledge', reason: 'on it' },
      { action: 'incident.note' },
    ])
  })

  it('take no empty note, and none where there is no incident', async () => {
    const id = await stageIncident()
    expect(await call('noteIncident', { params: { id }, body: { text: ' ' } })).toMatchObject({
      status: 422,
      problem: { errors: [{ path: 'text', message: 'write something' }] },
    })
    const params = { id: 'nothing' }
    for (const answer of [
      await call('readIncident', { params }),
      await call('acknowledgeIncident', { params }),
      await call('noteIncident', { params, body: { text: 'seen' } }),
    ])
      expect(answer).toMatchObject({ status: 404 })
  })
})
