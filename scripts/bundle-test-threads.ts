import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
import { bundleThreads } from './bundle-server.ts'

const CACHE = join(import.meta.dirname, '..', '.cache')

/**
 * Before the tests run: bundles the database's threads as the production console has them, and makes the empty database
 * that tests copy. Most tests take less time than loading the threads' modules one by one, and the migrations.
 */
export default async function bundleTestThreads(project: TestProject): Promise<() => Promise<void>> {
  await mkdir(CACHE, { recursive: true })
  // Inside the project, where its packages are found; the run's own, since two may run at once.
  const folder = await mkdtemp(join(CACHE, 'test-threads-'))
  const emptyDatabase = join(folder, 'empty.db')
  const prepare = async () => {
    await bundleThreads(folder)
    await rm(emptyDatabase, { force: true })
    const codeFile = (name: string) => join(folder, `${name}.js`)
    const { journal, reader } = await openStorage({ url: emptyDatabase, codeFile })
    await journal.close(5_000)
    await reader.close()
  }
  await prepare()
  project.onTestsRerun(prepare)
  project.provide('databaseThreads', folder)
  project.provide('emptyDatabase', emptyDatabase)
  return () => rm(folder, { recursive: true })
}
