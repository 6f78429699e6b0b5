import { statSync } from 'node:fs'
import { AppError } from '#lib/domain/errors.ts'

/**
 * Answers what throws `unavailable`, in words, while another file than at its first call, or none, is at `path`. Whoever
 * has a database open goes on writing to a file that was deleted, and all of it is gone when the last one closes it.
 */
export function sameFile(path: string): () => void {
  let first: string | null = null
  return () => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (found === undefined)
      throw new AppError(
        'unavailable',
        `The database ${path} was taken away: put it back, or stop Switchyard, which loses what waits to be written.`,
      )
    const file = `${found.dev}:${found.ino}`
    first ??= file
    if (file === first) return
    throw new AppError(
      'unavailable',
      `The database ${path} was replaced by another file: put it back, or stop Switchyard and use npm run restore.`,
    )
  }
}
