// The console in production. It is run from the bundle that `bundle-server.ts` makes of it, never as it stands here:
// what compiles TypeScript, and what Node remembers of compiled files, would stay in memory for as long as it runs.
import { join } from 'node:path'

// React and Next choose their halves when they are loaded, so this comes before the server's import.
Object.assign(process.env, { NODE_ENV: 'production' })
const here = import.meta.dirname
const { startServer } = await import('#lib/server/main.ts')
const { loadApi } = await import('#app/api/api-listener.ts')
const { startRuntimeOrExit } = await import('#lib/server/start-runtime.ts')

await startServer({
  mode: 'production',
  root: join(here, '..', '..'),
  loadApi,
  startRuntime: () => startRuntimeOrExit({ codeFile: (name) => join(here, `${name}.js`) }),
})
