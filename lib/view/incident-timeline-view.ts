import type { DeliveryView, TimelineEntry } from '#lib/contract/incident.ts'
import type { Notice } from '#lib/domain/alerts/notification.ts'
import { capitalise, plural } from './format.ts'

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
}

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

function lineOf(entry: TimelineEntry): TimelineLine {
  const { id, at } = entry
  switch (entry.kind) {
    case 'event':
      return { id, at, ...EVENTS[entry.type], actor: entry.actor, text: entry.text, delivery: null }
    case 'delivery': {
      const { delivery } = entry
      const notice = NOTICE_WORDS[delivery.notice] ?? capitalise(delivery.notice)
      const text = `${notice} to ${delivery.channelName ?? delivery.channelId}, ${deliveryWords(delivery)}`
      return { id, at, icon: DELIVERY_ICONS[delivery.state], label: 'Sent', actor: null, text, delivery }
    }
    case 'fleet':
      return {
        id,
        at,
        icon: entry.actor === null ? 'unknown' : 'maintenance',
        label: entry.actor === null ? 'Fleet' : 'Operator',
        actor: entry.actor,
        text: entry.text,
        delivery: null,
      }
  }
}

/** The timeline's lines, newest first. */
export const timelineLines = (timeline: readonly TimelineEntry[]): TimelineLine[] =>
  timeline.map(lineOf).toReversed()
