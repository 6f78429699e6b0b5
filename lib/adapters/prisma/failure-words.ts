/** SQLite's own text inside what Prisma throws; null when the error is another one. */
function driverText(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > 4) return null
  const { originalMessage, meta, driverAdapterError, cause } = error as Record<string, unknown>
  if (typeof originalMessage === 'string') return originalMessage
  return (
    driverText(meta, depth + 1) ?? driverText(driverAdapterError, depth + 1) ?? driverText(cause, depth + 1)
  )
}

const WORDS: readonly (readonly [code: RegExp, words: string])[] = [
  [/SQLITE_(BUSY|LOCKED)/, 'The database is locked by another program.'],
  [/SQLITE_FULL/, 'The disk is full.'],
  [/SQLITE_(READONLY|PERM)/, 'The database cannot be written to.'],
  [/SQLITE_(CORRUPT|NOTADB)/, 'The database file is damaged.'],
  [/SQLITE_IOERR/, 'The disk answered with an error.'],
  [/SQLITE_CANTOPEN/, 'The database file cannot be opened.'],
]

/** What went wrong with the database, in a sentence for an operator. */
export function failureWords(error: unknown): string {
  const text = driverText(error)
  if (text === null)
    return error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? error.name) : String(error)
  return WORDS.find(([code]) => code.test(text))?.[1] ?? `The database refused: ${text}`
}
