import { parentPort } from 'node:worker_threads'
import { isAppError } from '#lib/domain/errors.ts'
import { failureWords } from './failure-words.ts'
import { END, type Request, say } from './worker-messages.ts'

/** Answers this thread's requests one after the other, until it is told to end; then `close` runs and the thread exits. */
export function serveRequests(answer: (request: unknown) => Promise<unknown>, close: () => Promise<void>) {
  let lastTurn: Promise<void> = Promise.resolve()

  async function serve({ id, request }: Request) {
    try {
      if (request === END) await close()
      say({ type: 'answer', id, value: request === END ? null : await answer(request) })
    } catch (error) {
      const refused = isAppError(error)
      say({
        type: 'refusal',
        id,
        message: refused ? error.message : failureWords(error),
        fields: refused ? error.fields : null,
      })
    }
    if (request === END) parentPort?.close()
  }

  parentPort?.on('message', (message: Request) => {
    lastTurn = lastTurn.then(() => serve(message))
  })
}
