import { REASON_CODES, type ReasonCode } from '#lib/domain/routing/decision.ts'
import type { DecisionCount } from '../records.ts'

type Cell = { route: string; providerId: string | null; counts: number[]; unsaved: boolean }

const PLACES = Object.fromEntries(REASON_CODES.map((code, place) => [code, place])) as Record<
  ReasonCode,
  number
>

/** Counts of selections by route, provider and reason, which only ever grow. */
export class DecisionCounts {
  readonly #routes = new Map<string, Map<string | null, Cell>>()

  /** Goes on from what an earlier start had counted. */
  constructor(restored: readonly DecisionCount[] = []) {
    for (const { route, providerId, reasonCode, count } of restored) {
      this.#cell(route, providerId).counts[PLACES[reasonCode]] = count
    }
  }

  /** Counts one selection. */
  add(route: string, providerId: string | null, reasonCode: ReasonCode): void {
    const cell = this.#cell(route, providerId)
    const place = PLACES[reasonCode]
    cell.counts[place] = (cell.counts[place] ?? 0) + 1
    cell.unsaved = true
  }

  /** All counts above 0. */
  all(): DecisionCount[] {
    return this.#cells().flatMap(countsOf)
  }

  /** The counts of what was counted since the last call, as totals. */
  takeUnsaved(): DecisionCount[] {
    return this.#cells().flatMap((cell) => {
      if (!cell.unsaved) return []
      cell.unsaved = false
      return countsOf(cell)
    })
  }

  #cells(): Cell[] {
    return [...this.#routes.values()].flatMap((cells) => [...cells.values()])
  }

  #cell(route: string, providerId: string | null): Cell {
    let cells = this.#routes.get(route)
    if (cells === undefined) {
      cells = new Map()
      this.#routes.set(route, cells)
    }
    let cell = cells.get(providerId)
    if (cell === undefined) {
      cell = { route, providerId, counts: REASON_CODES.map(() => 0), unsaved: false }
      cells.set(providerId, cell)
    }
    return cell
  }
}

const countsOf = ({ route, providerId, counts }: Cell): DecisionCount[] =>
  REASON_CODES.flatMap((reasonCode, place) => {
    const count = counts[place] ?? 0
    return count === 0 ? [] : [{ route, providerId, reasonCode, count }]
  })
