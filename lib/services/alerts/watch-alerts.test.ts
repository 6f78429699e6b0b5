import { describe, expect, it } from 'vitest'
import { alertRule, channel, silence } from '#lib/adapters/storage/test-alerting-records.ts'
import { check } from '#lib/adapters/storage/test-records.ts'
import { authorNamed } from '#lib/domain/access/author.ts'
import { MOST_STEPS } from '#lib/domain/alerts/tick.ts'
import { acknowledgeIncident } from './command-incident.ts'
import { readIncident, readIncidents } from './read-incidents.ts'
import type { AlertingEntry } from './records.ts'
import { downRule, stageWatch, watchedStorage } from './stage-watch.fixture.ts'
import { WELL } from './stage-alerting.fixture.ts'
import { T0 } from '../stage-fleet.fixture.ts'
import { watchAlerts, writeIncidents } from './watch-alerts.ts'

const ADA = authorNamed('ada')
const EVER = { from: 0, to: T0 * 2, cursor: null, limit: 100, state: null, providerId: null }

describe('a provider that goes down', () => {
  it('is one incident after its minute, told once to each channel after the group wait, and once when over', async () => {
    const watch = stageWatch(watchedStorage(['acme']))
    await watch.seconds(60, { acme: 'ok' })
    watch.see(...Array.from({ length: 3 }, () => ({ providerId: 'acme', class: 'provider_error' as const })))
    await watch.seconds(61, { acme: 'provider_error' })
    expect([...watch.engine.alerting.book.incidents.values()]).toMatchObject([
      { cause: 'provider:acme', state: 'pending' },
    ])
    await watch.seconds(28, { acme: 'provider_error' })
    expect(watch.told()).toEqual([])
    await watch.seconds(2, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
    await watch.seconds(600, { acme: 'provider_error' })
    expect(watch.told()).toHaveLength(2)
    await watch.seconds(300, { acme: 'ok' })
    expect(watch.told().slice(2)).toEqual(['ops resolved', 'pager resolved'])
    expect(watch.engine.alerting.book.incidents.size).toBe(0)
    const { items } = await readIncidents(watch.engine, EVER)
    expect(items).toMatchObject([{ state: 'resolved', severity: 'critical', told: true }])
    const { timeline, title } = await readIncident(watch.engine, items[0]?.id ?? '')
    expect(title).toMatch(/^acme is unhealthy: /)
    expect(timeline.flatMap((entry) => (entry.kind === 'event' ? entry.type : []))).toEqual([
      'began',
      'alert_fired',
      'recovering',
      'alert_over',
      'resolved',
    ])
    expect(timeline.flatMap((entry) => (entry.kind === 'delivery' ? entry.delivery.state : []))).toEqual(
      Array.from({ length: 4 }, () => 'delivered'),
    )
  })

  it('tells the recovery to whom the alarm went, though the rule names another channel by then', async () => {
    const watch = stageWatch(watchedStorage(['acme'], { rules: [{ ...downRule, channels: ['ops'] }] }))
    await watch.seconds(200, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered'])
    watch.engine.alerting.rules.set('down', { ...downRule, channels: ['pager'] })
    await watch.seconds(300, { acme: 'ok' })
    expect(watch.told()).toEqual(['ops triggered', 'ops resolved'])
  })

  it('is told to no channel that is turned off', async () => {
    const channels = [channel('ops'), channel('pager', { enabled: false })]
    const watch = stageWatch(watchedStorage(['acme'], { channels }))
    await watch.seconds(200, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered'])
    expect([...watch.engine.alerting.book.incidents.values()]).toMatchObject([
      { told: { channels: ['ops'] } },
    ])
  })

  it('is told only to the channels of rules that nobody silenced', async () => {
    const paged = {
      ...downRule,
      rule: { ...downRule.rule, id: 'poor', condition: { type: 'provider_degraded' } as const },
      channels: ['pager'],
    }
    const quiet = silence('quiet', {
      matchers: [{ field: 'rule', operator: 'is', value: 'poor' }],
      from: T0 - 1_000,
      until: T0 + 3_600_000,
    })
    const rules = [{ ...downRule, channels: ['ops'] }, paged]
    const watch = stageWatch(watchedStorage(['acme'], { rules, silences: [quiet] }))
    await watch.seconds(200, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered'])
  })

  it('is told to nobody while it is silenced, and to all once the silence has ended', async () => {
    const until = T0 + 400_000
    const watch = stageWatch(
      watchedStorage(['acme'], { silences: [silence('quiet', { from: T0 - 1_000, until })] }),
    )
    await watch.seconds(399, { acme: 'provider_error' })
    expect(watch.told()).toEqual([])
    expect(watch.engine.alerting.book.incidents.size).toBe(1)
    await watch.seconds(3, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
  })

  it('is repeated after four hours, unless somebody has acknowledged it', async () => {
    const watch = stageWatch(watchedStorage(['acme'], { channels: [channel('ops')] }))
    await watch.seconds(200, { acme: 'provider_error' })
    const [id] = watch.engine.alerting.book.incidents.keys()
    watch.drift(14_400_000)
    await watch.seconds(2, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered', 'ops repeated'])
    await acknowledgeIncident(watch.engine, id ?? '', { author: ADA, text: 'on it' })
    await watch.seconds(2, { acme: 'provider_error' })
    watch.drift(14_400_000)
    await watch.seconds(2, { acme: 'provider_error' })
    expect(watch.told()).toEqual(['ops triggered', 'ops repeated', 'ops acknowledged'])
    expect(watch.sent.at(-1)?.notification).toMatchObject({
      text: 'ada has seen it. on it',
      incident: { acknowledgedBy: 'ada' },
    })
    await expect(
      acknowledgeIncident(watch.engine, id ?? '', { author: ADA, text: null }),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a provider that is deleted', () => {
  it('leaves no counts to one that is made under its name', async () => {
    const watch = stageWatch(watchedStorage(['acme']))
    const { counts } = watch.engine.alerting
    counts.recordCheck(check({ at: T0, class: 'provider_error' }))
    await watch.seconds(1)
    watch.fleet.entries.delete('acme')
    await watch.seconds(1)
    watch.add('acme')
    expect(counts.at(watch.engine.clock.now(), watch.fleet).windowOf('provider:acme', 300_000)).toBeNull()
  })
})

describe('a monitor in trouble', () => {
  it('tells of itself, and of no provider', async () => {
    const rule = {
      ...downRule.rule,
      id: 'self',
      name: 'Impaired',
      condition: { type: 'monitor_impaired' } as const,
    }
    const storage = watchedStorage(['acme'], {
      rules: [downRule, alertRule('self', { rule, channels: null })],
    })
    const self = () => ({
      ...WELL,
      status: 'impaired' as const,
      checks: { ...WELL.checks, database: 'impaired' as const },
    })
    const watch = stageWatch(storage, { self })
    await watch.seconds(300, { acme: 'provider_error' })
    expect(watch.sent.map(({ notification }) => notification.title)).toEqual([
      'Switchyard is impaired: the database cannot be written',
      'Switchyard is impaired: the database cannot be written',
    ])
  })
})

describe('what comes and goes every other two minutes', () => {
  it('is one incident, is told once to flap, and is held over a start until it has not come back', async () => {
    const before = stageWatch(watchedStorage(['acme'], { channels: [channel('ops')] }))
    for (let times = 0; times < 6; times += 1) {
      await before.seconds(120, { acme: 'provider_error' })
      await before.seconds(120, { acme: 'ok' })
    }
    await before.seconds(120, { acme: 'provider_error' })
    expect(before.told()).toEqual(['ops triggered', 'ops updated'])
    expect(before.sent[1]?.notification.text).toMatch(/It flaps/)
    const after = await before.restart(1_000)
    await after.seconds(300, { acme: 'ok' })
    expect([...after.engine.alerting.book.incidents.values()]).toMatchObject([
      { state: 'recovering', members: [{ isFlapping: true }] },
    ])
    await after.seconds(1_080, { acme: 'ok' })
    expect(after.told()).toEqual(['ops resolved'])
  })
})

describe('a start in the middle of an incident', () => {
  it('goes on with it under the same key, tells nothing twice, and tells of its end', async () => {
    const before = stageWatch(watchedStorage(['acme']))
    await before.seconds(200, { acme: 'provider_error' })
    const key = before.sent[0]?.notification.incident?.dedupKey
    const after = await before.restart(30_000)
    await after.seconds(120, { acme: 'provider_error' })
    expect(after.told()).toEqual([])
    expect([...after.engine.alerting.book.incidents.values()]).toMatchObject([
      { dedupKey: key, state: 'firing' },
    ])
    await after.seconds(300, { acme: 'ok' })
    expect(after.told()).toEqual(['ops resolved', 'pager resolved'])
    expect(after.sent[0]?.notification.incident?.dedupKey).toBe(key)
    expect((await readIncidents(after.engine, EVER)).items).toHaveLength(1)
  })

  it('keeps an acknowledgement', async () => {
    const before = stageWatch(watchedStorage(['acme'], { channels: [channel('ops')] }))
    await before.seconds(200, { acme: 'provider_error' })
    const [id] = before.engine.alerting.book.incidents.keys()
    await acknowledgeIncident(before.engine, id ?? '', { author: ADA, text: null })
    await before.seconds(2, { acme: 'provider_error' })
    const after = await before.restart(1_000)
    after.drift(14_400_000)
    await after.seconds(60, { acme: 'provider_error' })
    expect(after.told()).toEqual([])
    expect([...after.engine.alerting.book.incidents.values()]).toMatchObject([
      { acknowledgement: { by: 'ada' }, members: [{ isAcknowledged: true }] },
    ])
  })

  it('sends what had not been delivered, under the same id', async () => {
    const never = new Promise<never>(() => undefined)
    const before = stageWatch(watchedStorage(['acme']), { deliver: () => never })
    await before.seconds(200, { acme: 'provider_error' })
    const after = await before.restart(1_000)
    await after.settled()
    const ids = ({ sent }: typeof before) =>
      sent.map(({ channelId, notification }) => [channelId, notification.id])
    expect(ids(after)).toEqual(ids(before))
    expect(after.told()).toEqual(['ops triggered', 'pager triggered'])
  })
})

describe('a database that does not write', () => {
  it('holds up no alarm for more than two seconds', async () => {
    const storage = watchedStorage(['acme'])
    const watch = stageWatch(storage)
    const waits: { ms: number; end: () => void }[] = []
    watch.engine.wait = (ms) => new Promise((end) => waits.push({ ms, end }))
    await watch.seconds(140, { acme: 'provider_error' })
    storage.failWrites()
    for (let second = 0; second < 20; second += 1) {
      watch.drift(1_000)
      watchAlerts(watch.engine)
    }
    expect(watch.told()).toEqual([])
    expect(waits).toMatchObject([{ ms: 2_000 }])
    waits[0]?.end()
    await new Promise(setImmediate)
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
    storage.recover()
  })
})

describe('the time of the next look', () => {
  it('is when what is bad has been so for long enough, and then when the group has waited', async () => {
    const watch = stageWatch(watchedStorage(['acme']))
    expect(watchAlerts(watch.engine)).toBeNull()
    watch.see(...Array.from({ length: 3 }, () => ({ providerId: 'acme', class: 'provider_error' as const })))
    expect(watchAlerts(watch.engine)).toBe(T0 + 60_000)
    watch.drift(60_000)
    expect(watchAlerts(watch.engine)).toBe(T0 + 90_000)
    watch.drift(30_000)
    expect(watchAlerts(watch.engine)).toBe(T0 + 90_000 + 14_400_000)
    await watch.settled()
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
  })
})

describe('a fleet of which nothing is heard', () => {
  const ids = Array.from({ length: 40 }, (_, place) => `acme-${place}`)
  const quiet = alertRule('quiet', {
    rule: {
      ...downRule.rule,
      id: 'quiet',
      condition: { type: 'no_traffic', windowMs: 60_000 },
      forMs: 1_000,
    },
  })

  function stage() {
    const watch = stageWatch(watchedStorage(ids, { rules: [] }))
    const { alerting, clock } = watch.engine
    for (const providerId of ids)
      alerting.counts.recordCheck(check({ providerId, source: 'passive', at: clock.now() }))
    watchAlerts(watch.engine)
    watch.drift(600_000)
    watchAlerts(watch.engine)
    const states = () =>
      [...alerting.book.alerts.values()].flatMap((ofSubject) =>
        [...ofSubject.values()].map(({ course }) => course.state),
      )
    const later = (ms: number) => {
      watch.drift(ms)
      watchAlerts(watch.engine)
    }
    return { watch, states, later, alerting }
  }

  it('is looked at whole as soon as there is a new rule, and each of whom there is an alert again each time', () => {
    const { states, later, alerting } = stage()
    alerting.rules.set('quiet', quiet)
    alerting.compiled = null
    later(100)
    expect(states()).toEqual(ids.map(() => 'pending'))
    later(1_000)
    expect(states()).toEqual(ids.map(() => 'firing'))
  })

  it('is found out within a round when time alone makes a rule true', () => {
    const { watch, states, later, alerting } = stage()
    alerting.rules.set('quiet', quiet)
    alerting.compiled = null
    for (const providerId of ids)
      alerting.counts.recordCheck(check({ providerId, source: 'passive', at: watch.engine.clock.now() }))
    later(100)
    expect(states()).toEqual([])
    later(120_000)
    expect(states()).toHaveLength(40)
  })
})

describe('a fleet of which more fires than a look has room for', () => {
  const ids = Array.from({ length: 60 }, (_, place) => `acme-${place}`)
  const rules = Array.from({ length: 100 }, (_, place) =>
    alertRule(`r${place}`, { rule: { ...downRule.rule, id: `r${place}`, forMs: 30_000 }, channels: null }),
  )

  function stage() {
    const watch = stageWatch(watchedStorage(ids, { rules }))
    watch.see(
      ...ids.flatMap((providerId) =>
        Array.from({ length: 3 }, () => ({ providerId, class: 'provider_error' as const })),
      ),
    )
    const { alerting } = watch.engine
    const states = () =>
      [...alerting.book.alerts.values()].flatMap((ofSubject) =>
        [...ofSubject.values()].map(({ course }) => course.state),
      )
    const look = (ms: number) => {
      watch.drift(ms)
      return watchAlerts(watch.engine)
    }
    return { watch, alerting, states, look }
  }

  it('is looked at again at once, those first who were not reached, until all were', () => {
    const { watch, states, look } = stage()
    expect(look(1_000)).toBe(watch.engine.clock.now())
    expect(states()).toHaveLength(MOST_STEPS)
    look(100)
    expect(states()).toHaveLength(Math.min(6_000, 2 * MOST_STEPS))
    look(100)
    expect(states()).toHaveLength(6_000)
    for (let looks = 0; looks < 5; looks += 1) look(100)
    // Nothing is left to be done until the rules' time is over.
    expect(look(100)).toBe(T0 + 31_000)
  })

  it('is one incident, told once, and written without being lost sight of', async () => {
    const { watch, alerting, states, look } = stage()
    for (let looks = 0; looks < 45; looks += 1) look(1_000)
    expect(states().every((state) => state === 'firing')).toBe(true)
    for (let looks = 0; looks < 45; looks += 1) look(1_000)
    await watch.settled()
    expect(watch.told()).toEqual(['ops triggered', 'pager triggered'])
    expect(alerting.unsaved.size).toBe(0)
    const { items } = await readIncidents(watch.engine, EVER)
    expect(items.filter(({ mergedInto }) => mergedInto === null)).toMatchObject([
      { causeType: 'fleet', alerts: { firing: 6_000, recovering: 0, over: 0 } },
    ])
    const after = await watch.restart(1_000)
    expect([...after.engine.alerting.book.incidents.values()].map(({ members }) => members.length)).toEqual([
      6_000,
    ])
    for (let looks = 0; looks < 60; looks += 1) {
      after.drift(1_000)
      watchAlerts(after.engine)
    }
    await after.settled()
    expect(after.told()).toEqual([])
  })

  it('is written with the notice of it, whatever else waits to be written', () => {
    const { watch, alerting, look } = stage()
    const written: AlertingEntry[] = []
    const { commit } = watch.engine.journal
    watch.engine.journal.commit = (entry) => {
      if (entry.alerting !== null) written.push(entry.alerting)
      return commit(entry)
    }
    for (let looks = 0; looks < 55; looks += 1) look(1_000)
    const [fleet] = alerting.book.incidents.values()
    for (let looks = 0; looks < 15; looks += 1) {
      for (const id of ['a', 'b', 'c'])
        if (fleet !== undefined) alerting.unsaved.add({ ...fleet, id: `other-${id}`, state: 'resolved' }, [])
      look(1_000)
    }
    const told = written.filter(({ deliveries }) => deliveries.length > 0)
    expect(told.map(({ incidents }) => incidents.map(({ id }) => id))).toEqual([[fleet?.id]])
  })

  it('is written whole when nobody will look again', async () => {
    const { watch, alerting, look } = stage()
    for (let looks = 0; looks < 60 && alerting.unsaved.size === 0; looks += 1) look(1_000)
    expect(alerting.unsaved.size).toBeGreaterThan(0)
    writeIncidents(watch.engine)
    await watch.settled()
    expect(alerting.unsaved.size).toBe(0)
    const open = (await readIncidents(watch.engine, { ...EVER, state: 'open' })).items
    expect(open).toHaveLength(alerting.book.incidents.size)
  })
})
