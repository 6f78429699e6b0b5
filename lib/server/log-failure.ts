import { heldRuntime } from './runtime.ts'

/** A request that failed; `path` without its query, which may be nobody else's business. */
export type FailedRequest = { requestId: string; method: string; path: string; client?: string }

/** Logs what made a request fail, whole, under the id that its answer carries. */
export function logFailure(thrown: unknown, request: FailedRequest, what: string): void {
  heldRuntime()?.log.error({ err: thrown, ...request }, what)
}
