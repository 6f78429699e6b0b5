const DASHES = ['', '7 3', '2 3', '9 3 2 3', '', '7 3', '2 3', '9 3 2 3'] as const

/** A series' own colour (Okabe–Ito) and dashes, by its place: neighbours differ in both. */
export function seriesStyle(place: number): { colour: string; dashes: string } {
  const i = place % DASHES.length
  return { colour: `var(--series-${i + 1})`, dashes: DASHES[i] ?? '' }
}
