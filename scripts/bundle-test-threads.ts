import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { bundleThreads } from './bundle-server.ts'
import { makeEmptyDatabase } from './make-empty-database.ts'

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
    await makeEmptyDatabase(emptyDatabase, (name) => join(folder, `${name}.js`))
  }
  await prepare()
  project.onTestsRerun(prepare)
  project.provide('databaseThreads', folder)
  project.provide('emptyDatabase', emptyDatabase)
  return () => rm(folder, { recursive: true })
}
