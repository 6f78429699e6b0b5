import type { BreakerPolicy } from './policy.ts'

/**
 * A number from 0 up to 1 that depends on nothing but the text: FNV-1a over UTF-16 units with the
 * murmur3 finaliser. Not for secrets.
 */
export function hashToUnit(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}

/**
 * How long, in ms, a circuit stays open at its `openings`-th opening in a row (1 for the first): the recovery
 * time-out, grown for each further opening up to `maxOpenMs`, then moved by at most ± `openJitter`. The jitter
 * is a hash of circuit key and generation, so that a replay finds the same time.
 */
export function openTimeMs(openings: number, jitterSeed: string, policy: BreakerPolicy): number {
  const grown = policy.recoveryTimeoutMs * policy.openGrowth ** (openings - 1)
  const jitter = 1 + policy.openJitter * (2 * hashToUnit(jitterSeed) - 1)
  return Math.round(Math.min(grown, policy.maxOpenMs) * jitter)
}
