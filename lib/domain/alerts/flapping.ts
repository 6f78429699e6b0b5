/** How many rounds of evaluation are looked back at. */
export const FLAP_EVALUATIONS = 21
const FLAP_START = 0.3
const FLAP_STOP = 0.2
const OLDEST_WEIGHT = 0.8
const NEWEST_WEIGHT = 1.2

const CHANGES = FLAP_EVALUATIONS - 1
const MASK = 2 ** CHANGES - 1

/**
 * The shortest round of evaluation, in ms: two intervals of checks by default, so that checks, however they are spread
 * and however long they wait for an answer, have brought something new in every round.
 */
export const ROUND_MS = 60_000

/** How long a round is for what is checked so often; `checkIntervalMs` null: for what nobody checks by itself. */
export const roundOf = (checkIntervalMs: number | null): number => Math.max(ROUND_MS, checkIntervalMs ?? 0)

/** Whether two times, epoch ms, are in one round. */
export const isSameRound = (a: number, b: number, roundMs: number): boolean =>
  Math.floor(a / roundMs) === Math.floor(b / roundMs)

/**
 * How one alert has changed of late. A round is looked at many times, and counts once: one bit for each of the latest
 * twenty, the newest lowest, set where an evaluation differed from the one before it. A bit for what a round ended as
 * would lose what came and went within one; a bit for "bad at any time" would call steady what is bad for a moment in
 * each.
 */
export type FlapHistory = {
  changes: number
  isFlapping: boolean
  /** What the newest evaluation said that said anything. */
  wasBad: boolean
  /** When the round of the lowest bit began, epoch ms; of no account while there is no change. */
  roundAt: number
}

/** The history of what has always been good. */
export const QUIET_HISTORY: FlapHistory = Object.freeze({
  changes: 0,
  isFlapping: false,
  wasBad: false,
  roundAt: 0,
})

/**
 * The history of which no more was kept, as of `at`: what flapped does so as if it had just begun, since it has not
 * been seen to stop.
 */
export const keptHistory = (kept: Pick<FlapHistory, 'isFlapping' | 'wasBad'>, at: number): FlapHistory => ({
  ...kept,
  changes: kept.isFlapping ? 2 ** Math.ceil(CHANGES * FLAP_START) - 1 : 0,
  roundAt: at,
})

/** One look: `isBad` null where nobody knows; then only time goes by. */
export type Look = { isBad: boolean | null; at: number; roundMs: number }

/**
 * The history with one more look, and whether it flaps by now: from 30 % of change on, until a round ends with less than
 * 20 %. It does not matter how often a round is looked at. Rounds that nobody saw had no change, and one in which it is
 * found to be different has one, whatever was in between. A clock set back goes on in the round that it finds.
 */
export function recordFlap(history: FlapHistory, { isBad, at, roundMs }: Look): FlapHistory {
  const differs = isBad !== null && isBad !== history.wasBad
  if (isSteady(history)) return differs ? withChange({ ...history, roundAt: startOf(at, roundMs) }) : history
  const now = advanced(history, startOf(at, roundMs), roundMs)
  return differs ? withChange(now) : now
}

/** Whether nothing of it would be missed: no change, and so no flapping. */
export const isSteady = ({ changes }: FlapHistory): boolean => changes === 0

/** When no change of it is remembered any more, epoch ms. */
export const forgottenAt = ({ changes, roundAt }: FlapHistory, roundMs: number): number =>
  // The lowest change is the newest: it has the longest way to go.
  changes === 0 ? roundAt : roundAt + (CHANGES - Math.log2(changes & -changes)) * roundMs

/** When the round after that of a time begins, epoch ms. */
export const roundAfter = (at: number, roundMs: number): number => startOf(at, roundMs) + roundMs

const startOf = (at: number, roundMs: number): number => Math.floor(at / roundMs) * roundMs

function withChange(history: FlapHistory): FlapHistory {
  const changes = history.changes | 1
  return {
    ...history,
    changes,
    wasBad: !history.wasBad,
    isFlapping: history.isFlapping || flapShare(changes) >= FLAP_START,
  }
}

/** The history in a later round; the same object in the same. */
function advanced(history: FlapHistory, roundAt: number, roundMs: number): FlapHistory {
  if (roundAt === history.roundAt) return history
  let { changes, isFlapping } = history
  // Round by round: one in which it stopped must not be passed over because nobody looked at its end.
  const rounds = Math.min(FLAP_EVALUATIONS, Math.round((roundAt - history.roundAt) / roundMs))
  for (let passed = 0; passed < rounds; passed += 1) {
    isFlapping &&= flapShare(changes) >= FLAP_STOP
    changes = (changes << 1) & MASK
  }
  return { ...history, changes, isFlapping, roundAt }
}

/**
 * How much change there was in the latest 20 rounds, 0–1, a newer change counting for more: weights run evenly from 0.8
 * for the oldest to 1.2 for the newest, as Nagios Core weighs the changes between 21 checks ("Detection and Handling of
 * State Flapping", https://assets.nagios.com/downloads/nagioscore/docs/nagioscore/4/en/flapping.html).
 */
export function flapShare(changes: number): number {
  let weighted = 0
  for (let left = changes, age = 0; left !== 0; left >>= 1, age += 1) {
    if ((left & 1) === 1) weighted += NEWEST_WEIGHT - (age * (NEWEST_WEIGHT - OLDEST_WEIGHT)) / (CHANGES - 1)
  }
  return weighted / CHANGES
}
