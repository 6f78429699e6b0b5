// Writes the database client to prisma/generated, unless the one that is there was made from the same schema.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = dirname(import.meta.dirname)
const schema = join(root, 'prisma/schema.prisma')
const stamp = join(root, 'prisma/generated/made-from')
const prismaPackage = createRequire(import.meta.url).resolve('prisma/package.json')

const madeFrom = createHash('sha256')
  .update(readFileSync(schema))
  .update(readFileSync(prismaPackage))
  .digest('hex')
const isFresh = existsSync(stamp) && readFileSync(stamp, 'utf8') === madeFrom

if (!isFresh) {
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [join(dirname(prismaPackage), 'build/index.js'), 'generate', '--schema', schema],
    {
      cwd: root,
      encoding: 'utf8',
      // Generating needs no schema engine, but the command downloads one first unless any executable is named.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: '1' },
    },
  )
  if (status !== 0) {
    console.error(`The database client could not be generated.\n${stdout}${stderr}`)
    process.exit(1)
  }
  writeFileSync(stamp, madeFrom)
  console.log('The database client was generated from prisma/schema.prisma.')
}
