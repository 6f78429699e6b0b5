/** Told about rows that could not be read, in words. */
export type Warn = (message: string) => void

/** The rows that `read` can make sense of; the others are left out with a warning that names them. */
export function readable<Row, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
  { name, warn }: { name: (row: Row) => string; warn: Warn },
): Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)]
    } catch (error) {
      warn(`${name(row)} in the database cannot be read and is left out: ${reasonOf(error)}`)
      return []
    }
  })
}

type Issue = { path: readonly PropertyKey[]; message: string }

/** Why a row was refused: the schema's first complaint, or the error's own text. */
export function reasonOf(error: unknown): string {
  const issue = (error as { issues?: readonly Issue[] }).issues?.[0]
  if (issue !== undefined) return `${issue.path.map(String).join('.')}: ${issue.message}`
  return error instanceof Error ? error.message : String(error)
}
