import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { capitalise } from './format.ts'
import { eventWords } from './event-words.ts'

/** What stands before an event. */
export type EventIcon = 'open' | 'half_open' | 'closed' | 'cooling' | 'override' | 'maintenance'

/** One line of the feed. `subject` names whom it is about and links to `href`; null where it is about the whole fleet. */
export type FeedEntry = {
  id: string
  at: number
  icon: EventIcon
  subject: { name: string; href: string } | null
  words: string
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
  }
}

/** The provider's page at the time of an event that is past, or as it is now for one that has just been. */
function pageAt(providerId: string, at: number, now: number): string {
  const path = `/providers/${encodeURIComponent(providerId)}`
  if (now - at < AROUND_MS) return path
  return `${path}?from=${at - AROUND_MS}&to=${Math.min(now, at + AROUND_MS)}`
}

/** Events as lines, in the order given. */
export function eventFeed(
  events: readonly FleetEventRecord[],
  { nameOf, now }: { nameOf: (providerId: string) => string; now: number },
): FeedEntry[] {
  return events.map((event) => {
    const at = Date.parse(event.at)
    const { id, providerId, model } = event
    const name = providerId === null ? null : nameOf(providerId)
    const words = eventWords(event)
    return {
      id,
      at,
      icon: iconOf(event),
      subject:
        providerId === null || name === null
          ? null
          : { name: model === null ? name : `${name} ${model}`, href: pageAt(providerId, at, now) },
      words: name === null ? capitalise(words) : words,
    }
  })
}
