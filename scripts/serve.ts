import { prepareBuild, prepareClient } from './prepare-build.ts'

/** Prepares what the mode needs and starts the console in this process; a failed preparation ends it with code 1. */
export async function serve(mode: 'production' | 'development'): Promise<void> {
  try {
    await (mode === 'production' ? prepareBuild() : prepareClient())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  // React and Next choose their halves when they are loaded, so this comes before the server's import.
  Object.assign(process.env, { NODE_ENV: mode })
  const { startServer } = await import('#lib/server/main.ts')
  const { loadApi } = await import('#app/api/api-listener.ts')
  await startServer({ mode, loadApi })
}
