/**
 * Rows that may be sent at once each second: fifty checks, and half as many that commands, traffic and deadlines
 * touch. Above that they are held and only the newest of each is sent.
 */
export const ROWS_PER_SECOND = 75
/** How long rows are held while there are more than that. */
export const HOLD_MS = 500

/** Whether rows go out at once or are being held. `tokens` are rows that may still go at once, as of `at`. */
export type Pace = { tokens: number; at: number; heldUntil: number | null }

export const initialPace = (now: number): Pace => ({ tokens: ROWS_PER_SECOND, at: now, heldUntil: null })

/** What to do with a row that changed at `now`: send it, or hold it until `pace.heldUntil`. */
export function paceRow(pace: Pace, now: number): { pace: Pace; send: boolean } {
  if (pace.heldUntil !== null) return { pace, send: false }
  const tokens = refilled(pace, now)
  return tokens >= 1
    ? { pace: { tokens: tokens - 1, at: now, heldUntil: null }, send: true }
    : { pace: { tokens, at: now, heldUntil: now + HOLD_MS }, send: false }
}

/** The pace after a hold ended at `now` with `count` rows: another hold while that was too many, otherwise at once again. */
export function paceAfterHold(pace: Pace, count: number, now: number): Pace {
  if (count > (ROWS_PER_SECOND * HOLD_MS) / 1_000) return { tokens: 0, at: now, heldUntil: now + HOLD_MS }
  return { tokens: Math.max(0, refilled(pace, now) - count), at: now, heldUntil: null }
}

const refilled = ({ tokens, at }: Pace, now: number): number =>
  Math.min(ROWS_PER_SECOND, tokens + ((now - at) * ROWS_PER_SECOND) / 1_000)
