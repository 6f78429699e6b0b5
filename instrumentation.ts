/**
 * Starts the engine, once for the process, before the first request is taken. A start that is refused (a database that
 * must not be touched, a bad environment) is said in its own words, and the process ends.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { startRuntimeOrExit } = await import('#lib/server/start-runtime.ts')
  await startRuntimeOrExit()
}
