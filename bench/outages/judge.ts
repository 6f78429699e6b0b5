import type { Sent } from './traffic.ts'
import type { Arrival } from './upstreams.ts'

/** An act as it was played, epoch ms: bad from `from` to `to`, calm to `calmTo`. */
export type Played = { from: number; to: number; calmTo: number }

/** What an act did to the traffic. */
export type Findings = {
  /** From its begin until the struck provider gets next to nothing; Infinity: it got its share to the end. */
  detectMs: number
  /** From its end until the struck provider has its share again; Infinity: not in the calm. */
  recoverMs: number
  /** Requests, of the act and the calm after it, that got no good answer. */
  lost: number
  requests: number
  /** Of the act alone. */
  p95Ms: number
}

/** A struck provider that nothing reaches for so long has been left. */
const GAP_MS = 400
/** At most so much of the requests comes to one that was left: trials, and what goes by a dice. */
const NEXT_TO_NOTHING = 0.25
/** A provider that gets this part of a second's requests has its share again. */
const ITS_SHARE = 0.8
const SPAN_MS = 1_000
const STEP_MS = 50

type Seen = { sent: readonly Sent[]; arrivals: readonly Arrival[] }
type Stretch = { from: number; to: number }

/** Judges one act by what the clients sent and what came to the struck provider. */
export function judge({ from, to, calmTo }: Played, seen: Seen): Findings {
  const during = seen.sent.filter(({ at }) => at >= from && at < to)
  const all = seen.sent.filter(({ at }) => at >= from && at < calmTo)
  return {
    detectMs: leftAfter(seen, { from, to }),
    recoverMs: backAfter(seen, { from: to, to: calmTo }),
    lost: all.filter(({ isLost }) => isLost === true).length,
    requests: all.length,
    p95Ms: quantileOf(during.map(({ tookMs }) => tookMs)),
  }
}

/** From the begin to the last arrival before the first gap after which next to nothing comes; Infinity: no such gap. */
function leftAfter(seen: Seen, { from, to }: Stretch): number {
  const times = seen.arrivals.filter((one) => one.provider === 0 && one.at >= from && one.at < to)
  const marks = [from, ...times.map(({ at }) => at).toSorted((a, b) => a - b), to]
  const left = marks.find((at, index) => {
    const next = marks[index + 1]
    return (
      next !== undefined &&
      next - at >= GAP_MS &&
      to - at >= SPAN_MS &&
      shareOfFirst(seen, { from: at + 1, to }) <= NEXT_TO_NOTHING
    )
  })
  return left === undefined ? Infinity : left - from
}

/** From the begin to when it has its share, from then on to the end; Infinity: not at the end. */
function backAfter(seen: Seen, { from, to }: Stretch): number {
  let since = Infinity
  for (let at = to - SPAN_MS; at >= from; at -= STEP_MS) {
    if (shareOfFirst(seen, { from: at, to: at + SPAN_MS }) < ITS_SHARE) break
    since = at - from
  }
  return since
}

/** What part of the requests of a stretch came to the struck provider. */
function shareOfFirst({ sent, arrivals }: Seen, { from, to }: Stretch): number {
  const within = ({ at }: { at: number }) => at >= from && at < to
  const requests = sent.filter(within).length
  return arrivals.filter((one) => one.provider === 0 && within(one)).length / Math.max(1, requests)
}

const quantileOf = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? Number.NaN
