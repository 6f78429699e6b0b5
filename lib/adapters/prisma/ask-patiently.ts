import { setTimeout as delay } from 'node:timers/promises'
import type { AccountsRequest } from './account-requests.ts'
import type { WorkerLink } from './worker-link.ts'

/** The pauses between attempts, ms: together as long as somebody who signs in waits gladly. */
const PAUSES_MS = [20, 50, 100, 200, 400]

/** Asks the writing thread, which refuses at once while somebody else writes, until it can or the pauses are used up. */
export async function askPatiently(writer: WorkerLink, request: AccountsRequest): Promise<unknown> {
  for (const pause of PAUSES_MS) {
    try {
      return await writer.ask(request)
    } catch (error) {
      if (!isBusy(error)) throw error
      await delay(pause, undefined, { ref: false })
    }
  }
  return writer.ask(request)
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && /in use|locked|busy/i.test(error.message)
