import type { Instrumentation } from 'next'

/**
 * Starts the engine, once for the process, before the first request is taken. A start that is refused (a database that
 * must not be touched, a bad environment) is said in its own words, and the process ends.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { offeredStart } = await import('#lib/server/runtime.ts')
  const start = offeredStart() ?? (await import('#lib/server/start-runtime.ts')).startRuntimeOrExit
  await start()
}

/** Logs why a page could not be drawn, under the id that its answer carries. */
export async function onRequestError(
  ...[thrown, request]: Parameters<Instrumentation.onRequestError>
): Promise<void> {
  const { logFailure } = await import('#lib/server/log-failure.ts')
  const { method, headers } = request
  const [path = ''] = request.path.split('?')
  logFailure(thrown, { requestId: String(headers['x-request-id']), method, path }, 'a page failed')
}
