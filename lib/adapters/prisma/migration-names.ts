import { readdirSync } from 'node:fs'

/** The names of the migrations in a folder, oldest first. */
export const migrationNames = (migrationsDir: string): string[] =>
  readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
