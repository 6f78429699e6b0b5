import { isAppError } from '#lib/domain/errors.ts'

/** Ends a process that cannot start: a refusal in its own words, anything else with its stack; exit code 1. */
export function exitWith(error: unknown): never {
  const text = isAppError(error) ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}
