import { existsSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startCheckpoints } from './checkpoints.ts'

let folder = ''
let path = ''
let writer: Database.Database

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'checkpoints-'))
  path = join(folder, 'some.db')
  writer = new Database(path)
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE notes (text)')
})
afterEach(async () => {
  if (writer.open) writer.close()
  await rm(folder, { recursive: true })
})

const write = () => writer.exec(`INSERT INTO notes VALUES ('${'x'.repeat(200_000)}')`)
const size = () => statSync(path).size

// Killed: a checkpoint made once only; a connection that is left open.
it('carries the log over again and again, and leaves none behind', async () => {
  const stop = startCheckpoints(path)
  for (const rows of [1, 2]) {
    write()
    await vi.waitFor(() => expect(size()).toBeGreaterThan(rows * 200_000), { timeout: 20_000 })
  }
  writer.close()
  await stop()
  expect(existsSync(`${path}-wal`)).toBe(false)
})
