type Cost = { failuresLetThrough: number; goodCallsRefused: number }

/** For each of the costs whether no other is better in one of the two without being worse in the other. */
export function onFrontier(costs: readonly Cost[]): boolean[] {
  return costs.map((one) => !costs.some((other) => beats(other, one)))
}

const beats = (a: Cost, b: Cost) =>
  a.failuresLetThrough <= b.failuresLetThrough &&
  a.goodCallsRefused <= b.goodCallsRefused &&
  (a.failuresLetThrough < b.failuresLetThrough || a.goodCallsRefused < b.goodCallsRefused)
