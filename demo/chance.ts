/** Random numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A 32-bit hash of a seed and words (FNV-1a), to start an independent sequence for each thing. */
export function hashOf(seed: number, ...words: readonly (string | number)[]): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (const character of words.join('\0')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return hash
}

/** A latency around `medianMs` with a long right tail: log-normal, made from two uniform rolls (Box–Muller). */
export function logNormalMs(
  shape: { medianMs: number; sigma: number },
  rolls: readonly [number, number],
): number {
  const normal = Math.sqrt(-2 * Math.log(1 - rolls[0])) * Math.cos(2 * Math.PI * rolls[1])
  return shape.medianMs * Math.exp(shape.sigma * normal)
}
