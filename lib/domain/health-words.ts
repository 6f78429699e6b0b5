/** A rate (0–1) as a percentage that never rounds up to the limit it is under: 0.7996 is "79.9 %". */
export const percentText = (rate: number): string => `${Math.floor(rate * 1_000) / 10} %`

/** A latency against its limit in the same unit, precise enough to tell them apart: "p95 4.2 s over 3 s". */
export function slowText(p95Ms: number, limitMs: number): string {
  const [p95, limit] = [durationText(p95Ms), durationText(limitMs)]
  return p95 === limit ? `p95 ${tidy(p95Ms)} ms over ${limitMs} ms` : `p95 ${p95} over ${limit}`
}

/** "1 failure: reset" or "3 failures in a row: connect refused"; without an error, the count alone. */
export const failuresText = (count: number, error: string | null): string => withError(inARow(count), error)

/** "1 failure" or "3 failures in a row". */
export const inARow = (count: number): string => (count === 1 ? '1 failure' : `${count} failures in a row`)

/** `text` with what went wrong behind it, where that is known. */
export const withError = (text: string, error: string | null): string =>
  error === null ? text : `${text}: ${error}`

/** A moment as the clock in UTC shows it: "cooling until 12:04:31 UTC". */
export const coolingText = (until: number): string =>
  `cooling until ${new Date(until).toISOString().slice(11, 19)} UTC`

const durationText = (ms: number): string =>
  ms < 1_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`

// Twelve digits hide what binary fractions add.
const tidy = (value: number): number => Number(value.toPrecision(12))
