import { join } from 'node:path'
import { verifyAudit } from '#lib/adapters/prisma/verify-audit.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { readEnv } from '#lib/server/env.ts'
import { readArguments } from './read-arguments.ts'

const ROOT = join(import.meta.dirname, '..')

/** Walks the audit's chain, whether Switchyard runs or not, and says whether it is whole. */
function main(): void {
  const { values } = readArguments(
    { options: { expect: { type: 'string' } } },
    'Usage: npm run audit:verify, or npm run audit:verify -- --expect HASH',
  )
  const expected = values.expect?.trim().toLowerCase() ?? null
  if (expected !== null && !/^[0-9a-f]{64}$/.test(expected)) {
    console.error('Give the hash that an earlier run printed: npm run audit:verify -- --expect HASH')
    process.exit(2)
  }
  const { databasePath } = readEnv(process.env, ROOT)
  const verdict = verifyAudit(databasePath, expected)
  if (!verdict.ok) {
    console.error(`The audit of ${databasePath} was tampered with. ${verdict.problem}`)
    process.exit(1)
  }
  const { head, expected: found } = verdict
  if (head.number === 0) {
    console.log(`The audit of ${databasePath} has no entries yet.`)
    return
  }
  console.log(`The audit of ${databasePath} is whole: ${head.number} entries, the last with the hash`)
  console.log(head.hash)
  if (found !== null) console.log(`The hash you kept is that of entry ${found.number}.`)
  else
    console.log(
      'Keep it elsewhere: --expect HASH proves later that nothing up to it was cut off or rewritten.',
    )
}

try {
  main()
} catch (error) {
  exitWith(error)
}
