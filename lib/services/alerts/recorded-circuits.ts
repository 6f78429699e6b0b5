import type { CircuitState } from '#lib/domain/circuit.ts'
import type { FleetEventRecord, TransitionRecord } from '#lib/contract/circuit.ts'
import type { HistoryReader } from '../ports.ts'
import type { CircuitAddress } from '../records.ts'

/** More transitions than this are not looked at: of a longer record the newest are. */
const MOST_TRANSITIONS = 20_000
const PAGE = 1_000

/** How one circuit moved, oldest first; the first is the state that it was found in. */
export type RecordedCircuit = CircuitAddress & { moves: { at: number; to: CircuitState }[] }

/** How all circuits moved in the range, and from when on that is known. */
export async function recordedCircuits(
  reader: HistoryReader,
  range: { from: number; to: number },
): Promise<{ circuits: RecordedCircuit[]; from: number }> {
  const found: TransitionRecord[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<HistoryReader['events']>> = await reader.events({
      ...range,
      providerId: null,
      model: undefined,
      kinds: ['transition'],
      limit: PAGE,
      cursor,
    })
    found.push(...page.items.filter(isTransition))
    cursor = page.nextCursor
  } while (cursor !== null && found.length < MOST_TRANSITIONS)
  const oldest = found.at(-1)
  const from = cursor === null || oldest === undefined ? range.from : Date.parse(oldest.at)
  const before = (await reader.stateBefore({ providerId: null, at: from })).filter(isTransition)
  const byCircuit = Map.groupBy(
    [...before, ...found.reverse()],
    ({ providerId, model }) => `${providerId}/${model ?? ''}`,
  )
  const circuits = [...byCircuit.values()].flatMap((moves): RecordedCircuit[] => {
    const [first] = moves
    if (first === undefined) return []
    const { providerId, model } = first
    return [
      { providerId, model, moves: moves.map(({ at, to }) => ({ at: Math.max(from, Date.parse(at)), to })) },
    ]
  })
  return { circuits, from }
}

const isTransition = (event: FleetEventRecord): event is TransitionRecord => event.kind === 'transition'
