import { setToWal } from './database-files.ts'
import { openSchemaEngine, readMigrations } from './schema-engine.ts'

/** Applies the migrations that the database at `path` has not had yet, creating it if need be, and sets it to WAL. */
export async function migrateDatabase(path: string, migrationsDir: string) {
  const engine = await openSchemaEngine(path)
  const filters = { externalTables: [], externalEnums: [] }
  await engine.applyMigrations({ migrationsList: readMigrations(migrationsDir), filters })
  engine.free()
  setToWal(path)
}
