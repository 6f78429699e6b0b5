import { join } from 'node:path'
import { prepareClient } from './prepare-build.ts'

try {
  await prepareClient()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
// React and Next choose their halves when they are loaded, so this comes before the server's import.
Object.assign(process.env, { NODE_ENV: 'development' })
const { startServer } = await import('#lib/server/main.ts')
const { loadApi } = await import('#app/api/api-listener.ts')
await startServer({ mode: 'development', root: join(import.meta.dirname, '..'), loadApi })
