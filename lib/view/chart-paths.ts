/** A place in a drawing, in its units; null is a gap. */
export type Place = readonly [x: number, y: number] | null
/** A stretch from one edge to the other at an `x`; null is a gap. */
export type Span = readonly [x: number, low: number, high: number] | null
export type Box = { x: number; y: number; width: number; height: number }

/** Tenths of a pixel are finer than any screen. */
const short = (value: number) => Math.round(value * 10) / 10

/** An SVG path along the places, broken at gaps; a place between two gaps leaves nothing. */
export function linePath(places: readonly Place[]): string {
  return runsOf(places).map(polyline).join('')
}

/** An SVG path around the area between two edges, broken at gaps. */
export function bandPath(spans: readonly Span[]): string {
  return runsOf(spans)
    .map((run) => {
      const top = run.map(([x, , high]) => [x, high] as const)
      const bottom = run.map(([x, low]) => [x, low] as const).toReversed()
      return `${polyline([...top, ...bottom])}Z`
    })
    .join('')
}

/** An SVG path of filled boxes. */
export const boxesPath = (boxes: readonly Box[]): string =>
  boxes
    .map(({ x, y, width, height }) => {
      const wide = short(width)
      return `M${short(x)},${short(y)}h${wide}v${short(height)}h${-wide}Z`
    })
    .join('')

const polyline = (places: readonly (readonly [number, number])[]) =>
  places.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${short(x)},${short(y)}`).join('')

/** What lies between the gaps, where it is more than one. */
function runsOf<Item>(items: readonly (Item | null)[]): Item[][] {
  const runs: Item[][] = [[]]
  for (const item of items) {
    if (item === null) runs.push([])
    else runs.at(-1)?.push(item)
  }
  return runs.filter(({ length }) => length > 1)
}
