import type { DeliveryView, TimelineEntry } from '#lib/contract/incident.ts'
import { RULES_ACTOR } from '#lib/domain/circuit-change.ts'
import type { Notice } from '#lib/domain/alerts/notification.ts'
import { capitalise, leftWords, plural } from './format.ts'
import { keepUnits } from './keep-units.ts'

type EventType = Extract<TimelineEntry, { kind: 'event' }>['type']
type LineIcon =
  'unhealthy' | 'healthy' | 'half_open' | 'marker' | 'unknown' | 'override' | 'cooling' | 'maintenance'

/** One line of an incident's timeline. `delivery` is there where more can be opened. */
export type TimelineLine = {
  id: string
  at: string
  icon: LineIcon
  /** What kind of thing it is, in a word or two. */
  label: string
  actor: string | null
  text: string
  delivery: DeliveryView | null
  /** What went before and is much the same, newest first: a circuit's trials would bury the story. */
  folded: readonly { id: string; at: string; text: string }[]
}

/** So many changes of a circuit in a row are told one by one. */
const MOST_IN_A_ROW = 2

const EVENTS: Readonly<Record<EventType, { icon: LineIcon; label: string }>> = {
  began: { icon: 'unhealthy', label: 'Began' },
  alert_fired: { icon: 'unhealthy', label: 'Alert fires' },
  alert_over: { icon: 'healthy', label: 'Alert over' },
  recovering: { icon: 'half_open', label: 'Recovering' },
  firing_again: { icon: 'unhealthy', label: 'Fires again' },
  acknowledged: { icon: 'override', label: 'Acknowledged' },
  note: { icon: 'marker', label: 'Note' },
  merged: { icon: 'unknown', label: 'Merged' },
  resolved: { icon: 'healthy', label: 'Resolved' },
}

const DELIVERY_ICONS: Readonly<Record<DeliveryView['state'], LineIcon>> = {
  delivered: 'healthy',
  waiting: 'cooling',
  dead: 'unhealthy',
}

const DELIVERY_LABELS: Readonly<Record<DeliveryView['state'], string>> = {
  waiting: 'Sending',
  delivered: 'Sent',
  dead: 'Not delivered',
}

const NOTICE_WORDS: Readonly<Partial<Record<Notice, string>>> = {
  triggered: 'Alarm',
  updated: 'Update',
  repeated: 'Reminder',
  acknowledged: 'Word of the acknowledgement',
  resolved: 'Recovery',
}

/** What became of a notification, in words: `delivered at the 2nd attempt` is `delivered after 2 attempts`. */
export function deliveryWords({ state, attempts }: Pick<DeliveryView, 'state' | 'attempts'>): string {
  if (state === 'waiting')
    return attempts === 0 ? 'not tried yet' : `waits after ${plural(attempts, 'attempt')}`
  if (state === 'dead') return `given up after ${plural(attempts, 'attempt')}`
  return attempts <= 1 ? 'delivered' : `delivered after ${plural(attempts, 'attempt')}`
}

/** When a notification that waits is tried again; one that is due waits for its channel and not for a time. */
export const nextAttemptWords = (at: number, now: number): string =>
  at > now ? `next attempt in ${leftWords(at, now)}` : 'due: its channel is busy, or pauses after a failure'

type Plain = Omit<TimelineLine, 'id' | 'at' | 'folded'>

function plainLine(entry: TimelineEntry, nameOf: NameOf): Plain {
  switch (entry.kind) {
    case 'event':
      return { ...EVENTS[entry.type], actor: entry.actor, text: keepUnits(entry.text), delivery: null }
    case 'delivery': {
      const { delivery } = entry
      const notice = NOTICE_WORDS[delivery.notice] ?? capitalise(delivery.notice)
      const text = `${notice} to ${delivery.channelName ?? delivery.channelId}, ${deliveryWords(delivery)}`
      return {
        icon: DELIVERY_ICONS[delivery.state],
        label: DELIVERY_LABELS[delivery.state],
        actor: null,
        text,
        delivery,
      }
    }
    case 'fleet':
      return fleetLine(entry, nameOf)
  }
}

function fleetLine(entry: Extract<TimelineEntry, { kind: 'fleet' }>, nameOf: NameOf): Plain {
  const { actor, providerId } = entry
  const text = keepUnits(entry.text)
  const name = providerId === null ? null : nameOf(providerId)
  const words = { text: name === null ? text : `${name}: ${text}`, delivery: null }
  return actor === null || actor === RULES_ACTOR
    ? { icon: 'unknown', label: FLEET, actor: null, ...words }
    : { icon: 'maintenance', label: 'Operator', actor, ...words }
}

const FLEET = 'Fleet'

/** A provider's name where lines must say of whom they speak; null where that is plain. */
type NameOf = (providerId: string) => string | null

/** The timeline's lines, newest first. Where Switchyard by itself did more than two things in a row, they are one line. */
export function timelineLines(timeline: readonly TimelineEntry[], nameOf: NameOf): TimelineLine[] {
  const lines = timeline
    .map((entry) => ({ id: entry.id, at: entry.at, ...plainLine(entry, nameOf) }))
    .toReversed()
  return runsOf(lines).flatMap((run) => {
    const [newest] = run
    if (newest === undefined || run.length <= MOST_IN_A_ROW)
      return run.map((line) => ({ ...line, folded: [] }))
    return [{ ...newest, folded: run.slice(1).map(({ id, at, text }) => ({ id, at, text })) }]
  })
}

type Unfolded = Omit<TimelineLine, 'folded'>

/** The lines in order: each alone, but what Switchyard did by itself in a row together. */
function runsOf(lines: readonly Unfolded[]): Unfolded[][] {
  const runs: Unfolded[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    if (run !== undefined && line.label === FLEET && run[0]?.label === FLEET) run.push(line)
    else runs.push([line])
  }
  return runs
}
