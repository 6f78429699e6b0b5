// Writes the migration that leads from prisma/migrations to prisma/schema.prisma: npm run db:migration -- NAME
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openSchemaEngine, readMigrations } from '#lib/adapters/prisma/schema-engine.ts'

const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    'Give the migration a name of lower-case words joined by underscores: npm run db:migration -- add_regions',
  )
  process.exit(1)
}

const root = dirname(import.meta.dirname)
const schema = join(root, 'prisma/schema.prisma')
const migrationsDir = join(root, 'prisma/migrations')
const scratch = mkdtempSync(join(tmpdir(), 'switchyard-migration-'))
const datamodel = readFileSync(schema, 'utf8')

const engine = await openSchemaEngine(join(scratch, 'scratch.db'), datamodel)
const { stdout: sql } = await engine.diff({
  from: { tag: 'migrations', ...readMigrations(migrationsDir) },
  to: { tag: 'schemaDatamodel', files: [{ path: schema, content: datamodel }] },
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
rmSync(scratch, { recursive: true })

if (!sql || sql.startsWith('-- This is an empty migration')) {
  console.log('The migrations already lead to this schema: nothing to write.')
} else {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const file = join(migrationsDir, `${stamp}_${name}`, 'migration.sql')
  mkdirSync(dirname(file))
  writeFileSync(file, sql)
  console.log(`Written: prisma/migrations/${stamp}_${name}/migration.sql`)
}
