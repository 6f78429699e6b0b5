import { parentPort, workerData } from 'node:worker_threads'

/** What a thread is asked; `id` is handed back with the answer. */
export type Request = { id: number; request: unknown }

/** What a thread says: an answer, a refusal in words, or a warning that belongs to no request. */
export type Reply =
  | { type: 'answer'; id: number; value: unknown }
  | {
      type: 'refusal'
      id: number
      message: string
      fields: readonly { path: string; message: string }[] | null
    }
  | { type: 'warning'; message: string }

/** The request that ends a thread in good order. */
export const END = 'end'

/** What every thread is started with. */
export type Setup = { path: string; migrationsDir: string }

/** What this thread was started with; the only starter is `openStorage`. */
export const setup = workerData as Setup

/** Says something to the thread that started this one. */
export function say(reply: Reply) {
  parentPort?.postMessage(reply)
}
