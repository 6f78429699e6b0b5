import { z } from 'zod'

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof UNIT_MS

const PATTERN = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

/** The ms that a duration such as `"30s"`, `"250ms"` or `"5m"` stands for; null when it is not one. */
export function parseDuration(text: string): number | null {
  const match = PATTERN.exec(text.trim())
  if (!match) return null
  const [, amount, unit] = match
  return Math.round(Number(amount) * UNIT_MS[unit as Unit])
}

/** The shortest exact way to write `ms` as a duration: `90_000` is `"90s"`, `300_000` is `"5m"`. */
export function formatDuration(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = UNIT_MS[unit]
    // A minute reads better as "60s", as the defaults write it; from two units up the larger unit wins.
    if (ms % size === 0 && (ms >= 2 * size || unit === 's')) return `${ms / size}${unit}`
  }
  return `${ms}ms`
}

/** The ms of a duration that a schema has accepted; null where there is none. */
export const msOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : parseDuration(text)

/** The text of a duration; null where there is none. */
export const textOfMs = (ms: number | null): string | null => (ms === null ? null : formatDuration(ms))

const words = (ms: number) => formatDuration(ms)

/** The bounds of every duration schema, for forms that show them. */
export const durationBounds = z.registry<{ minMs: number; maxMs: number }>()

/** A duration string between `minMs` and `maxMs`, both included. */
export const durationSchema = (minMs: number, maxMs: number) =>
  z
    .string()
    .trim()
    .superRefine((text, context) => {
      const ms = parseDuration(text)
      if (ms === null) {
        context.addIssue({ code: 'custom', message: 'write a number with a unit, such as 250ms, 30s or 5m' })
      } else if (ms < minMs) {
        context.addIssue({ code: 'custom', message: `at least ${words(minMs)}` })
      } else if (ms > maxMs) {
        context.addIssue({ code: 'custom', message: `at most ${words(maxMs)}` })
      }
    })
    .meta({
      description: `A duration from ${words(minMs)} to ${words(maxMs)}, such as "30s".`,
      examples: ['30s'],
    })
    .register(durationBounds, { minMs, maxMs })
