import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm'
import { migrationNames } from './migration-names.ts'
import { sqliteAdapter } from './sqlite-adapter.ts'

type EngineModule = {
  SchemaEngine: {
    new: (
      options: { datamodels: [string, string][] | undefined },
      onLog: () => void,
      adapter: object,
    ) => Promise<SchemaEngine>
  }
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void
}

/**
 * Prisma's schema engine on the database at `path`, in WebAssembly, so that migrations need no download. It asks the
 * database for its own shadow in memory where it needs one.
 */
export async function openSchemaEngine(path: string, datamodel?: string): Promise<SchemaEngine> {
  const glue = '@prisma/schema-engine-wasm/schema_engine_bg'
  const module = (await import(glue)) as EngineModule
  const file = join(createRequire(import.meta.url).resolve(glue), '..', 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': module as unknown as WebAssembly.ModuleImports,
  })
  module.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  const adapter = bindMigrationAwareSqlAdapterFactory(sqliteAdapter(path, { busyTimeoutMs: 5_000 }))
  const datamodels: [string, string][] | undefined = datamodel ? [['schema.prisma', datamodel]] : undefined
  return module.SchemaEngine.new({ datamodels }, () => undefined, adapter)
}

/** The migrations of a folder, in the form that the schema engine reads. */
export function readMigrations(migrationsDir: string): MigrationList {
  const lockfile = join(migrationsDir, 'migration_lock.toml')
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(lockfile) ? readFileSync(lockfile, 'utf8') : null,
    },
    shadowDbInitScript: '',
    migrationDirectories: migrationNames(migrationsDir).map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsDir, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}
