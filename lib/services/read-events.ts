import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { Engine } from './engine.ts'
import type { Page, Paged } from './ports.ts'
import { type AskedRange, justAfter, rangeOf } from './range.ts'

const PAGE_SIZE = 200
const ALL_KINDS: readonly FleetEventRecord['kind'][] = [
  'transition',
  'override',
  'cooling',
  'action',
  'marker',
]

/** Which events: of one provider (null: all), of one model's circuit (undefined: of all circuits), of some kinds. */
export type EventsQuery = AskedRange & {
  [Name in keyof Page]?: Page[Name] | undefined
} & {
  providerId: string | null
  model?: string | null | undefined
  kinds?: readonly FleetEventRecord['kind'][] | undefined
  /** Beside a provider's: also what concerns no provider alone, such as most markers. */
  fleetWide?: boolean | undefined
}

/** A page of events, newest first, and on the first page what held when the range began. */
export type EventsPage = Paged<FleetEventRecord> & { initial: FleetEventRecord[] }

/** What happened to circuits and was done by operators. Throws `not_found` for a provider never heard of. */
export async function readEvents(engine: Engine, query: EventsQuery): Promise<EventsPage> {
  const { providerId, model, cursor = null, kinds = ALL_KINDS, fleetWide = false } = query
  const range = rangeOf(query, justAfter(engine))
  const limit = query.limit ?? PAGE_SIZE
  const [page, before] = await Promise.all([
    engine.reader.events({ ...range, cursor, limit, providerId, model, kinds, fleetWide }),
    cursor === null ? engine.reader.stateBefore({ providerId, at: range.from }) : [],
  ])
  const initial = model === undefined ? before : before.filter((event) => event.model === model)
  refuseUnknown(engine, providerId, [...page.items, ...initial])
  return { ...page, initial }
}

/** A provider that was deleted is known by what happened to it. */
function refuseUnknown({ fleet }: Engine, id: string | null, found: readonly FleetEventRecord[]): void {
  if (id === null || fleet.entries.has(id) || found.some(({ providerId }) => providerId === id)) return
  throw notFound('provider', id)
}
