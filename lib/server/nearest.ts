/** The candidate fewest single-letter edits away from `word`, or null when none is within a third of its length. */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: { name: string; distance: number } | null = null
  for (const name of candidates) {
    const distance = editDistance(word, name)
    if (best === null || distance < best.distance) best = { name, distance }
  }
  return best !== null && best.distance <= word.length / 3 ? best.name : null
}

/** Levenshtein's distance, one row of his table at a time. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= to.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
