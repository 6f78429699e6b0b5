import type { TransitionRecord } from '#lib/contract/circuit.ts'
import { STATE_WORDS } from './event-words.ts'

/** Several transitions as one message to be read out: the newest in words, the others counted. Null: nothing to say. */
export function announcement(
  transitions: readonly TransitionRecord[],
  nameOf: (id: string) => string,
): string | null {
  const newest = transitions.at(-1)
  if (newest === undefined) return null
  const circuit =
    newest.model === null ? nameOf(newest.providerId) : `${nameOf(newest.providerId)} ${newest.model}`
  const first = `${circuit}: circuit ${STATE_WORDS[newest.to]}`
  const others = new Set(transitions.map(({ providerId, model }) => `${providerId}/${model ?? ''}`)).size - 1
  if (others === 0) return first
  return `${first}; ${others} other ${others === 1 ? 'circuit' : 'circuits'} changed`
}
