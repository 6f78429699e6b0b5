// A process that lives for one question about the database as a whole: what it holds, or a copy of all of it. Both look
// at every page, which neither charts nor what is written could wait for. No thread, because this uses Node's own
// SQLite: two copies of SQLite in one process undo each other's locks when they close a file.
import { isAppError } from '#lib/domain/errors.ts'
import { backUpDatabase } from './back-up-database.ts'
import { readStoredParts } from './stored-parts.ts'

/** What the process is asked, as JSON in its first argument. */
export type DataRequest = { path: string } & ({ ask: 'parts' } | { ask: 'backup'; to: string })

/** What it says, as JSON, before it ends. */
export type DataReply = { value: unknown } | { refusal: string }

function answer(request: DataRequest): DataReply {
  try {
    const { path } = request
    return { value: request.ask === 'parts' ? readStoredParts(path) : backUpDatabase(path, request.to) }
  } catch (error) {
    if (isAppError(error)) return { refusal: error.message }
    return {
      refusal: `The database cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    }
  }
}

process.stdout.write(JSON.stringify(answer(JSON.parse(process.argv[2] ?? '') as DataRequest)))
