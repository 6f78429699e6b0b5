import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { AppError } from '#lib/domain/errors.ts'
import { END, type Reply, type Request, type Setup } from './worker-messages.ts'

type Options = {
  /** The file the thread runs, whole path. It is not bundled. */
  file: string
  /** What the thread is started with. */
  setup: Setup
  /** Told what the thread warns of, and that it had to be started anew. */
  warn: (message: string) => void
  /** Room for what is only just made, MB. */
  youngMb?: number | undefined
}

/** A thread that answers requests. It is started by the first request, and by the next one after it has died. */
export type WorkerLink = {
  /** Starts the thread before the first request, so that it need not wait. */
  warm: () => void
  /** Rejects with `unavailable` in words, or `invalid_input` where the request itself was refused. */
  ask: (request: unknown) => Promise<unknown>
  /** Ends the thread in good order, or by force when it takes longer than `timeoutMs`. */
  end: (timeoutMs: number) => Promise<void>
}

type Asked = { resolve: (value: unknown) => void; reject: (error: AppError) => void }
type Thread = { worker: Worker; asked: Map<number, Asked>; gone: Promise<void> }

/** A thread holds a batch or an answer at a time; with V8's own limits its garbage would take hundreds of MB. */
const HEAP = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 192 }

/** A link to a thread that runs `file`. */
export function linkWorker({ file, setup, warn, youngMb }: Options): WorkerLink {
  let thread: Thread | null = null
  const resourceLimits = youngMb === undefined ? HEAP : { ...HEAP, maxYoungGenerationSizeMb: youngMb }
  let lastId = 0
  let ended = false

  function start(): Thread {
    // The process's own flag would overrule the thread's limit. The process has taken it over when it started.
    setFlagsFromString('--max-semi-space-size=0')
    // Without the process's own flags: some, such as a loader's, are not for a thread that runs a plain file.
    const worker = new Worker(file, { workerData: setup, execArgv: [], resourceLimits })
    const asked = new Map<number, Asked>()
    const { promise: gone, resolve: isGone } = Promise.withResolvers<undefined>()
    let reason = 'it ended'
    worker.on('message', (reply: Reply) => {
      if (reply.type === 'warning') return warn(reply.message)
      const waiting = asked.get(reply.id)
      asked.delete(reply.id)
      if (reply.type === 'answer') waiting?.resolve(reply.value)
      else waiting?.reject(refusal(reply))
    })
    worker.on('error', (error) => {
      reason = error instanceof Error ? error.message : String(error)
    })
    worker.on('exit', () => {
      thread = null
      if (!ended) warn(`The database thread stopped (${reason}) and is started anew.`)
      for (const { reject } of asked.values()) {
        reject(new AppError('unavailable', `The database thread stopped: ${reason}.`))
      }
      isGone(undefined)
    })
    return { worker, asked, gone }
  }

  function ask(request: unknown): Promise<unknown> {
    if (ended) return Promise.reject(new AppError('unavailable', 'The database is closed.'))
    return send((thread ??= start()), request)
  }

  function send({ worker, asked }: Thread, request: unknown): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    lastId += 1
    asked.set(lastId, { resolve, reject })
    worker.postMessage({ id: lastId, request } satisfies Request)
    return promise
  }

  return {
    warm: () => {
      thread ??= start()
    },
    ask,
    end: async (timeoutMs) => {
      ended = true
      if (thread === null) return
      const { worker, gone } = thread
      send(thread, END).catch(() => undefined)
      const byForce = setTimeout(() => void worker.terminate(), timeoutMs)
      await gone
      clearTimeout(byForce)
    },
  }
}

const refusal = ({ message, fields }: Extract<Reply, { type: 'refusal' }>) =>
  fields !== null && fields.length > 0
    ? new AppError('invalid_input', message, { fields })
    : new AppError('unavailable', message)
