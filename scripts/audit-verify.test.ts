import { execFile } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { testDatabases } from '#lib/adapters/prisma/test-database.ts'
import { audit, entry } from '#lib/adapters/storage/test-records.ts'

const databases = testDatabases()
afterEach(() => databases.closeAll())
afterAll(() => databases.remove())

/** Runs the command on a database as npm does. */
const verify = (path: string, ...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = {
      ...process.env,
      SWITCHYARD_DATABASE_URL: `file:${path}`,
      SWITCHYARD_DATA_DIR: databases.folder,
    }
    execFile(process.execPath, ['scripts/audit-verify.ts', ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
    })
  })

describe('npm run audit:verify', () => {
  it('says while Switchyard runs that the audit is whole, and proves a hash that was kept', async () => {
    const path = await databases.fresh()
    const { journal, reader } = await databases.open(path)
    expect(await verify(path)).toMatchObject({
      code: 0,
      out: expect.stringContaining('no entries') as unknown,
    })
    await journal.commit(entry({ audit: [audit('a1'), audit('a2'), audit('a3')] }))
    const { items } = await reader.audit({ from: 0, to: 9e15, cursor: null, limit: 9 })
    const [last, middle] = items.map(({ hash }) => hash)
    const { code, out } = await verify(path)
    expect(code).toBe(0)
    expect(out).toContain(`is whole: 3 entries, the last with the hash\n${last}\n`)
    const proved = await verify(path, '--expect', middle!)
    expect(proved).toMatchObject({ code: 0, out: expect.stringContaining('that of entry 2') as unknown })
    expect(await verify(path, '--expect', 'nonsense')).toMatchObject({ code: 2 })
    expect(await verify(path, '--expect', '0'.repeat(64))).toMatchObject({
      code: 1,
      err: expect.stringContaining('cut off') as unknown,
    })
  })

  it('names the first entry that is broken, and ends with 1', async () => {
    const path = await databases.fresh()
    const { journal } = await databases.open(path)
    await journal.commit(entry({ audit: [audit('a1'), audit('a2'), audit('a3')] }))
    await databases.closeAll()
    const database = new DatabaseSync(path)
    database.exec(
      `DROP TRIGGER audit_keeps_what_is; UPDATE audit SET actor = 'somebody else' WHERE number = 2`,
    )
    database.close()
    expect(await verify(path)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/tampered with. Entry 2 \(circuit.force, id a2\) was changed/) as unknown,
    })
    expect(await verify(`${path}-missing`)).toMatchObject({ code: 1 })
  })
})
