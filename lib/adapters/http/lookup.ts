import { lookup as systemLookup, type LookupAddress } from 'node:dns'

type Answer = (error: Error | null, addresses: LookupAddress[] | undefined) => void

/** Resolves names to addresses, all of them, as `getaddrinfo` does. */
export type Resolve = (hostname: string, answer: Answer) => void

const resolveBySystem: Resolve = (hostname, answer) => {
  systemLookup(hostname, { all: true }, answer)
}

/**
 * Asks once for callers who ask at the same time: a dead name server would otherwise fill the thread pool with one dead
 * name.
 */
export function sharedResolve(resolve: Resolve = resolveBySystem): Resolve {
  const asking = new Map<string, Answer[]>()
  return (hostname, answer) => {
    const waiting = asking.get(hostname)
    if (waiting !== undefined) {
      waiting.push(answer)
      return
    }
    asking.set(hostname, [answer])
    resolve(hostname, (error, addresses) => {
      const answers = asking.get(hostname) ?? []
      asking.delete(hostname)
      for (const one of answers) one(error, addresses)
    })
  }
}
