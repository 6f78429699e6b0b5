import { bookOf, type AlertBook } from '#lib/domain/alerts/tick.ts'
import { compileRule, type CompiledRule } from '#lib/domain/alerts/compiled-rule.ts'
import { newAlert, type Alert } from '#lib/domain/alerts/alert.ts'
import { NEW_COURSE } from '#lib/domain/alerts/course.ts'
import { keptHistory, type FlapHistory } from '#lib/domain/alerts/flapping.ts'
import type { Incident, Member } from '#lib/domain/alerts/incident.ts'
import type { Interval, Silence } from '#lib/domain/alerts/silence.ts'
import type { SelfHealth } from '#lib/contract/monitor.ts'
import { emptyEntry } from '../drive-circuit.ts'
import type { Clock, Journal } from '../ports.ts'
import { createOutbox, type Outbox, type OutboxWorld } from './outbox.ts'
import { emptyAlerting } from './records.ts'
import type { ChannelRecord, Recurrence, RestoredAlerting, RuleRecord, SilenceRecord } from './records.ts'
import type { ChannelDoor } from './channel-door.ts'
import { LookRound } from './look-round.ts'
import { UnsavedIncidents } from './unsaved-incidents.ts'
import { WindowCounts } from './window-counts.ts'

/** What alerting needs of the world. */
export type AlertingWorld = {
  selfHealth: () => SelfHealth
  /** The windows of a recurrence that overlap [from, to), epoch ms. Throws where `recurrenceProblem` names a problem. */
  expand: (recurrence: Recurrence, range: { from: number; to: number }) => Interval[]
  recurrenceProblem: (recurrence: Recurrence) => { field: keyof Recurrence; message: string } | null
  /** The public address of a page of the console; null where none is known. */
  linkTo: (path: string) => string | null
  /** How channels are reached. */
  door: ChannelDoor
}

type Expanded = { record: SilenceRecord; at: number; silence: Silence }

/** The live state of alerting. */
export type Alerting = {
  world: AlertingWorld
  rules: Map<string, RuleRecord>
  /** The rules made ready; null after a change, until the next tick. */
  compiled: readonly CompiledRule[] | null
  channels: Map<string, ChannelRecord>
  silences: Map<string, SilenceRecord>
  /** When each silence holds, as worked out a while ago. */
  expanded: Map<string, Expanded>
  book: AlertBook
  counts: WindowCounts
  round: LookRound
  unsaved: UnsavedIncidents
  outbox: Outbox
}

type Parts = {
  restored: RestoredAlerting
  world: AlertingWorld
  journal: Pick<Journal, 'commit'>
  clock: Clock
} & Pick<OutboxWorld, 'random' | 'after'>

/** Alerting as it was kept; what waits to be delivered is tried at once. */
export function createAlerting({ restored, world, journal, ...timing }: Parts): Alerting {
  const channels = new Map(restored.channels.map((channel) => [channel.id, channel]))
  const outbox = createOutbox({
    ...timing,
    channelOf: (id) => channels.get(id) ?? null,
    deliver: (channel, { notification }, run) => world.door.deliver(channel, notification, run),
    save: (deliveries) => void journal.commit({ ...emptyEntry, alerting: { ...emptyAlerting, deliveries } }),
  })
  outbox.add(restored.waitingDeliveries)
  return {
    world,
    rules: new Map(restored.rules.map((record) => [record.rule.id, record])),
    compiled: null,
    channels,
    silences: new Map(restored.silences.map((silence) => [silence.id, silence])),
    expanded: new Map(),
    book: bookOf(alertsOf(restored.openIncidents, timing.clock.now()), restored.openIncidents),
    counts: new WindowCounts(),
    round: new LookRound(),
    unsaved: new UnsavedIncidents(),
    outbox,
  }
}

/** The alarms that open incidents stand for, as they were when these were kept. */
const alertsOf = (incidents: readonly Incident[], now: number): Alert[] =>
  incidents.flatMap(({ members, acknowledgement }) =>
    members.filter(({ state }) => state !== 'over').map((member) => alertOf(member, acknowledgement, now)),
  )

const flapsOf = ({ isFlapping, state }: Member, now: number): FlapHistory =>
  keptHistory({ isFlapping, wasBad: state === 'firing' }, now)

const alertOf = (member: Member, acknowledgement: Incident['acknowledgement'], now: number): Alert => ({
  ...newAlert(member.labels),
  course: {
    ...NEW_COURSE,
    state: member.state === 'firing' ? 'firing' : 'recovering',
    since: member.since,
    runSince: member.since,
    firedAt: member.since,
    flaps: flapsOf(member, now),
  },
  acknowledgement: member.isAcknowledged ? acknowledgement : null,
  seen: { value: null, sentence: member.sentence },
})

/** The rules made ready, in the order of their ids. */
export function compiledRules(alerting: Alerting): readonly CompiledRule[] {
  alerting.compiled ??= [...alerting.rules.values()]
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
    .map(({ rule }) => compileRule(rule))
  return alerting.compiled
}

const DAY_MS = 86_400_000

/** Windows that come again are worked out for weeks ahead; it takes a library's while, and is done anew so often. */
const EXPANDED_FOR_MS = 6 * 3_600_000

/** The silences with the times near `now` at which they hold. */
export function silencesAt(alerting: Alerting, now: number): Silence[] {
  const { silences, expanded } = alerting
  for (const id of expanded.keys()) if (!silences.has(id)) expanded.delete(id)
  return [...silences.values()].map((record) => {
    const held = expanded.get(record.id)
    if (held?.record === record && Math.abs(now - held.at) < EXPANDED_FOR_MS) return held.silence
    const { id, matchers, createdBy, reason } = record
    const intervals = intervalsOf(record, alerting.world.expand, now)
    const silence = { id, matchers, createdBy, reason, intervals }
    expanded.set(id, { record, at: now, silence })
    return silence
  })
}

/** When a silence holds, from a week before `now`, which is as long as a window may last, to 35 days after. */
export function intervalsOf(
  { from, until, recurrence }: Pick<SilenceRecord, 'from' | 'until' | 'recurrence'>,
  expand: AlertingWorld['expand'],
  now: number,
): Interval[] {
  const end = until ?? Number.POSITIVE_INFINITY
  if (recurrence === null) return [{ from, until: end }]
  const range = { from: Math.max(from, now - 7 * DAY_MS), to: Math.min(end, now + 35 * DAY_MS) }
  if (range.from >= range.to) return []
  return expand(recurrence, range).map((window) => ({
    from: Math.max(window.from, from),
    until: Math.min(window.until, end),
  }))
}
