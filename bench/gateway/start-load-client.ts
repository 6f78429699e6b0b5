import { once } from 'node:events'
import { join } from 'node:path'
import { startChild } from '../start-child.ts'
import type { LoadFindings, LoadJob } from './load-jobs.ts'

/** A client in a process of its own. */
export type LoadClient = {
  run: (job: Exclude<LoadJob, { kind: 'hold' }>) => Promise<LoadFindings>
  /** Resolves when all streams are open; `close` lets them go. */
  hold: (job: Extract<LoadJob, { kind: 'hold' }>) => Promise<{ close: () => Promise<LoadFindings> }>
  stop: () => Promise<void>
}

/** Starts the client that makes the load. */
export async function startLoadClient(): Promise<LoadClient> {
  const child = await startChild(join(import.meta.dirname, 'load-client.ts'))
  const answer = async <Answer>() => {
    const gone = new AbortController()
    const ended = once(child.process, 'exit', { signal: gone.signal }).then(() => {
      throw new Error('the load client ended')
    })
    const [message] = (await Promise.race([once(child.process, 'message'), ended])) as [Answer]
    ended.catch(() => undefined)
    gone.abort()
    return message
  }
  return {
    run: (job) => {
      child.process.send(job)
      return answer<LoadFindings>()
    },
    hold: async (job) => {
      child.process.send(job)
      await answer<'open'>()
      return {
        close: () => {
          child.process.send('close')
          return answer<LoadFindings>()
        },
      }
    },
    stop: child.stop,
  }
}
