import { createHash } from 'node:crypto'
import { AppError } from '#lib/domain/errors.ts'

/** An answer that can be given again. */
export type StoredAnswer = { status: number; body: string }

/** One request under a key the caller chose: the same key and body get the first answer again. */
export type KeyedRequest = { scope: string; key: string; body: string }

/** Remembers answers by the caller's key, so that a repeated request is done once. */
export type Idempotency = {
  /** The answer of the first such request, also while it is under way; `invalid_input` when its body was another. */
  once: (request: KeyedRequest, run: () => Promise<StoredAnswer>) => Promise<StoredAnswer>
}

const KEEP_MS = 24 * 3_600_000
const KEEP_COUNT = 10_000

/** An in-memory store of 24 hours and 10,000 answers; a request that failed is forgotten, since it changed nothing. */
export function createIdempotency(now: () => number): Idempotency {
  const entries = new Map<string, { at: number; bodyHash: string; answer: Promise<StoredAnswer> }>()

  const prune = () => {
    for (const [id, entry] of entries) {
      if (entries.size < KEEP_COUNT && entry.at > now() - KEEP_MS) return
      entries.delete(id)
    }
  }

  return {
    once: (request, run) => {
      const id = `${request.scope} ${request.key}`
      const bodyHash = createHash('sha256').update(request.body).digest('base64')
      const earlier = entries.get(id)
      if (earlier !== undefined && earlier.at > now() - KEEP_MS) {
        if (earlier.bodyHash === bodyHash) return earlier.answer
        throw new AppError(
          'invalid_input',
          'This Idempotency-Key was used for a request with another body.',
          {
            fields: [{ path: 'Idempotency-Key', message: 'already used with another body' }],
          },
        )
      }
      const answer = run()
      entries.delete(id)
      prune()
      entries.set(id, { at: now(), bodyHash, answer })
      answer.catch(() => entries.delete(id))
      return answer
    },
  }
}
