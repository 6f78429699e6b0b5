import type { DecisionView } from '#lib/contract/decision.ts'
import { candidateRows, type CandidateRow } from './decision-view.ts'
import { nameList } from './name-list.ts'

type NameOf = (providerId: string) => string

/** A candidate as it fares now and as it would. */
export type WhatIfRow = { now: CandidateRow; then: CandidateRow | null; isChanged: boolean }

/** Two decisions about the same request side by side. */
export type WhatIfView = { sentence: string; rows: readonly WhatIfRow[] }

/** What would change for a request if the supposed circuits opened. */
export function whatIfView(
  { now, then }: { now: DecisionView; then: DecisionView },
  { supposed, nameOf }: { supposed: readonly string[]; nameOf: NameOf },
): WhatIfView {
  const after = new Map(candidateRows(then, nameOf).map((row) => [row.providerId, row]))
  return {
    sentence: sentenceOf({ now, then }, { supposed, nameOf }),
    rows: candidateRows(now, nameOf).map((row) => {
      const next = after.get(row.providerId) ?? null
      return { now: row, then: next, isChanged: next !== null && next.verdict !== row.verdict }
    }),
  }
}

function sentenceOf(
  { now, then }: { now: DecisionView; then: DecisionView },
  { supposed, nameOf }: { supposed: readonly string[]; nameOf: NameOf },
): string {
  const names = supposed.map(nameOf)
  const opened = `${nameList(names)} opened`
  if (then.chosen === null)
    return now.chosen === null
      ? `Nobody takes this request now, and nobody would if ${opened}.`
      : `If ${opened}, nobody would take this request: it would be refused.`
  const winner = nameOf(then.chosen)
  const inPanic = then.panic ? ', in panic' : ''
  if (then.chosen === now.chosen) return `If ${opened}, ${winner} would still take this request${inPanic}.`
  const instead = now.chosen === null ? '' : ` instead of ${nameOf(now.chosen)}`
  return `If ${opened}, ${winner} would take this request${instead}${inPanic}.`
}
