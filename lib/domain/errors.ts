/** Every refusal the product expects. The HTTP edge maps each code to one status, in one table. */
export type ErrorCode =
  | 'malformed'
  | 'invalid_input'
  | 'not_found'
  | 'conflict'
  | 'unauthenticated'
  | 'forbidden'
  | 'rate_limited'
  | 'unavailable'
  | 'too_large'
  | 'internal'

/** One complaint about one value: `path` is the form field's path, `message` says what is wrong with the value. */
export type FieldError = { path: string; message: string }

/** An expected refusal: nothing was changed when it is thrown. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly fields: readonly FieldError[]
  /** Extra facts for the caller, such as the current version on a conflict. */
  readonly facts: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    options: { fields?: readonly FieldError[]; facts?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause })
    this.code = code
    this.fields = options.fields ?? []
    this.facts = options.facts ?? {}
  }
}

/** A refusal for an id that names nothing. */
export const notFound = (what: string, id: string) =>
  new AppError('not_found', `There is no ${what} "${id}".`, { facts: { id } })

/** Matches by shape, not identity: the bundler may give two entry points two copies of the class. */
export const isAppError = (error: unknown): error is AppError =>
  error instanceof Error && error.name === 'AppError' && 'code' in error && 'fields' in error
