import { type Author, authorOf } from '#lib/domain/access/author.ts'
import type { AuditEntryInput } from '#lib/services/record-audit.ts'

const MINUTE_MS = 60_000
/** How many refusals of one address, actor and call are told one by one in a minute. */
export const TOLD_EACH = 5
/** How many addresses, actors and calls are told apart in a minute; whoever comes later shares a place. */
export const MOST_PLACES = 20

/** A call that was refused. */
export type Refusal = {
  author: Author
  /** As the contract names it, `PUT /api/settings`: there are only so many. */
  call: string
  path: string
  why: string
}

type Place = { first: Refusal; from: number; told: number; more: number; isShared: boolean }

/** Writes refusals into the audit, so many and no more, however many come: the others are counted and summed up. */
export function createRefusals({
  now,
  record,
}: {
  now: () => number
  record: (input: AuditEntryInput) => void
}) {
  const places = new Map<string, Place>()

  /** Ends the minutes that are over, each with what was not told in it. */
  function sumUp(isEnd = false) {
    const at = now()
    for (const [key, place] of places) {
      if (!isEnd && at - place.from < MINUTE_MS) continue
      places.delete(key)
      if (place.more > 0) record(sumOf(place, at))
    }
  }

  function placeOf(refusal: Refusal): Place {
    const { author, call } = refusal
    const own = JSON.stringify([author.address, author.actorId, call])
    const isShared = !places.has(own) && places.size >= MOST_PLACES
    const key = isShared ? '' : own
    const place = places.get(key) ?? { first: refusal, from: now(), told: 0, more: 0, isShared }
    places.set(key, place)
    return place
  }

  return {
    hear: (refusal: Refusal) => {
      sumUp()
      const place = placeOf(refusal)
      if (place.told >= TOLD_EACH) {
        place.more += 1
        return
      }
      place.told += 1
      record(entryOf(refusal))
    },
    sumUp,
  }
}

export type Refusals = ReturnType<typeof createRefusals>

const SHOWN_CHARACTERS = 200

const shared = { outcome: 'refused', reason: null, before: null } as const

const entryOf = ({ author, call, path, why }: Refusal): AuditEntryInput => ({
  ...shared,
  ...author,
  action: 'call.refused',
  entity: { type: 'call', id: call },
  summary: `refused ${call.split(' ', 1).join('')} ${path.slice(0, SHOWN_CHARACTERS)}: ${why}`,
  after: null,
})

function sumOf({ first, from, more, isShared }: Place, to: number): AuditEntryInput {
  const after = { count: more, from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  if (isShared) {
    const author = authorOf(null, { address: null, requestId: null })
    const summary = `and ${more} more refused calls, from many addresses`
    return { ...shared, ...author, action: 'call.refused', entity: null, summary, after }
  }
  const { author, call } = first
  return {
    ...shared,
    ...author,
    requestId: null,
    action: 'call.refused',
    entity: { type: 'call', id: call },
    summary: `and ${more} more refused ${call}`,
    after,
  }
}
