// Loads once what the console and its database threads load, so that Node keeps it, compiled, where NODE_COMPILE_CACHE
// says. The TypeScript compiler that a thread needs for the first file not found there never leaves its memory.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage } from '#lib/adapters/prisma/open-storage.ts'

const folder = await mkdtemp(join(tmpdir(), 'switchyard-ahead-'))
try {
  await import('#lib/server/main.ts')
  const { loadApi } = await import('#app/api/api-listener.ts')
  const { openDoor } = await import('#lib/server/door.ts')
  const { directReach } = await import('#lib/server/reach.ts')
  await loadApi(openDoor(directReach({ host: '127.0.0.1', port: 0 })))
  const root = join(import.meta.dirname, '..')
  const { journal, reader } = await openStorage({ url: join(folder, 'ahead.db'), root })
  await Promise.all([journal.close(1_000), reader.close()])
} finally {
  await rm(folder, { recursive: true, force: true })
}
