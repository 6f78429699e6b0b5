import { setTimeout as delay } from 'node:timers/promises'
import type { Tally } from '../tally.ts'

const WITHIN_MS = 30_000
const ASK_EVERY_MS = 250

/** What is checked with other people's programs, one after the other. A check that fails never hides a later one. */
export type Checks = {
  /** Runs a check, which fails by throwing, and tells at once how it went. */
  hold: (name: string, check: () => Promise<void>) => Promise<void>
  tally: () => Tally
}

/** No checks yet; each is told by `say`. */
export function newChecks(say: (line: string) => void): Checks {
  const tally = { passed: 0, failed: 0 }
  return {
    hold: async (name, check) => {
      try {
        await check()
        tally.passed += 1
        say(`✓ ${name}`)
      } catch (error) {
        tally.failed += 1
        say(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
    tally: () => ({ ...tally, note: null }),
  }
}

/** Asks until the answer is what is wanted; throws with the last one when that takes too long. */
export async function until<Answer>(
  ask: () => Promise<Answer>,
  isWanted: (answer: Answer) => boolean,
): Promise<Answer> {
  const limit = performance.now() + WITHIN_MS
  for (;;) {
    const answer = await ask()
    if (isWanted(answer)) return answer
    if (performance.now() > limit) throw new Error(`At last it was ${JSON.stringify(answer)}.`)
    await delay(ASK_EVERY_MS)
  }
}

/** Throws `why` unless it is so. */
export function must(isSo: boolean, why: string): void {
  if (!isSo) throw new Error(why)
}
