import { execFile } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

/** How many checks a database holds, and its size in bytes, what is still in the log included. */
export type DatabaseSize = { checks: number; bytes: number }

/** Read by another process: a second SQLite in this one would let go of the first one's locks when it closes the file. */
export async function databaseSize(path: string): Promise<DatabaseSize> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, path])
  return JSON.parse(stdout) as DatabaseSize
}

if (import.meta.main) {
  const database = new DatabaseSync(process.argv[2] ?? '', { readOnly: true })
  const size = database
    .prepare(
      `SELECT (SELECT count(*) FROM checks) AS checks, page_count * page_size AS bytes
       FROM pragma_page_count, pragma_page_size`,
    )
    .get()
  database.close()
  console.log(JSON.stringify(size))
}
