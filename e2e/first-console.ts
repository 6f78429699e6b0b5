import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEmptyDatabase } from '#scripts/make-empty-database.ts'
import { SERVER_FOLDER } from '#scripts/server-files.ts'
import { prepareConsole } from './console.ts'
import { offerEmptyDatabase } from './empty-database.ts'

const SERVER = join(import.meta.dirname, '..', SERVER_FOLDER)

/**
 * Before the tests run: does once what each of their consoles would do again, compiling the server's code after a
 * build, and migrating an empty database.
 */
export default async function firstConsole(): Promise<() => Promise<void>> {
  await keepCompiled()
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-e2e-empty-'))
  const database = join(folder, 'empty.db')
  await makeEmptyDatabase(database, (name) => join(SERVER, `${name}.js`))
  offerEmptyDatabase(database)
  return () => rm(folder, { recursive: true })
}

/**
 * Starts a console and lets it end by itself, for Node keeps what it compiled at the end of a process, and the tests'
 * consoles are killed. Nothing happens where this was done since the last build, or Node is not to keep anything.
 */
async function keepCompiled(): Promise<void> {
  const cache = process.env['NODE_COMPILE_CACHE']
  if (cache === undefined || cache === '') return
  const keptOf = join(cache, 'console-built-from')
  const builtFrom = await readFile(join(SERVER, 'built-from'), 'utf8')
  if ((await readFile(keptOf, 'utf8').catch(() => null)) === builtFrom) return
  const running = await prepareConsole()
  try {
    await running.start()
    // Much of what answers a page is loaded with the first one.
    await fetch(running.url)
    if ((await running.stop()) === 0) await writeFile(keptOf, builtFrom)
  } finally {
    await running.stop('SIGKILL')
    await running.remove()
  }
}
