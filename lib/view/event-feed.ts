import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { capitalise } from './format.ts'
import { eventLine, eventWords } from './event-words.ts'
import { isToldTwice } from './provider-happenings.ts'

/** What stands before an event. */
export type EventIcon = 'open' | 'half_open' | 'closed' | 'cooling' | 'override' | 'maintenance' | 'marker'

/** One line of the feed. `subject` names whom it is about and links to `href`; null where it is about the whole fleet. */
export type FeedEntry = {
  id: string
  at: number
  icon: EventIcon
  subject: { name: string; href: string } | null
  words: string
  /** Where to read more, elsewhere. */
  url: string | null
}

/** How much of the time around an event its link shows. */
const AROUND_MS = 15 * 60_000

function iconOf(event: FleetEventRecord): EventIcon {
  switch (event.kind) {
    case 'transition':
      return event.to
    case 'cooling':
      return 'cooling'
    case 'override':
      return event.phase === 'set' ? 'override' : 'closed'
    case 'action':
      return 'maintenance'
    case 'marker':
      return 'marker'
  }
}

/** The provider's page at the time of an event that is past, or as it is now for one that has just been. */
function pageAt(providerId: string, at: number, now: number): string {
  const path = `/providers/${encodeURIComponent(providerId)}`
  if (now - at < AROUND_MS) return path
  return `${path}?from=${at - AROUND_MS}&to=${Math.min(now, at + AROUND_MS)}`
}

/** Coolings of one circuit this close together are one line. */
const REPEATS_MS = 10 * 60_000

type Run = { event: FleetEventRecord; count: number }

const circuitOf = ({ providerId, model }: FleetEventRecord) => `${providerId ?? ''}\n${model ?? ''}`

/** The events with runs of one circuit's coolings counted at their newest; a 429 storm would hide all else. */
function countRepeats(events: readonly FleetEventRecord[]): Run[] {
  const runs: Run[] = []
  const lastOf = new Map<string, Run>()
  for (const event of events) {
    if (isToldTwice(event)) continue
    const last = lastOf.get(circuitOf(event))
    const isRepeat = event.kind === 'cooling' && last?.event.kind === 'cooling'
    if (isRepeat && Date.parse(last.event.at) - Date.parse(event.at) < REPEATS_MS) {
      last.count += 1
      continue
    }
    const run = { event, count: 1 }
    runs.push(run)
    lastOf.set(circuitOf(event), run)
  }
  return runs
}

/** Events as lines; they must come newest first. */
export function eventFeed(
  events: readonly FleetEventRecord[],
  { nameOf, now }: { nameOf: (providerId: string) => string; now: number },
): FeedEntry[] {
  return countRepeats(events).map(({ event, count }) => {
    const at = Date.parse(event.at)
    const { id, providerId, model } = event
    const entry = { id, at, icon: iconOf(event), url: event.kind === 'marker' ? event.url : null }
    const words = count === 1 ? eventWords(event) : `${eventWords(event)}, ${count} times`
    if (providerId === null) return { ...entry, subject: null, words: eventLine(event) }
    const href = pageAt(providerId, at, now)
    // An action's words name what it was done to.
    if (event.kind === 'action') return { ...entry, subject: { name: capitalise(words), href }, words: '' }
    const name = nameOf(providerId)
    return { ...entry, subject: { name: model === null ? name : `${name} ${model}`, href }, words }
  })
}
