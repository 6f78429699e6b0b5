/** What an error answer says: the provider's own code or type, and its message, not yet redacted. */
export type ErrorAnswer = { code: string | null; message: string | null }

type Fields = Readonly<Record<string, unknown>>

/** More of a message than this is never looked at. */
const MESSAGE_LENGTH = 1_000

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The code and message of an error body in any of the shapes that LLM APIs use, or of a plain text. */
export function readErrorAnswer(text: string): ErrorAnswer {
  const json = parse(text)
  if (json === undefined) return { code: null, message: plainText(text) }
  return errorAnswerIn(json)
}

/** The error that a parsed body holds; null when it is none. */
export function errorIn(json: unknown): ErrorAnswer | null {
  // Google wraps errors of its older APIs in a list.
  const body: unknown = Array.isArray(json) ? (json as unknown[])[0] : json
  if (!isFields(body)) return null
  const { error } = body
  if (typeof error === 'string' && error !== '') return { code: textOf(body.code), message: error }
  if (isFields(error)) return { code: codeOf(error), message: textOf(error.message) }
  if (body.type === 'error' || body.object === 'error')
    return { code: codeOf(body), message: textOf(body.message) }
  return null
}

/** As `errorIn`, for an answer that is known to be an error: there a bare message or detail is one too. */
function errorAnswerIn(json: unknown): ErrorAnswer {
  const found = errorIn(json)
  if (found !== null) return found
  if (!isFields(json)) return { code: null, message: null }
  const detail = json.message ?? json.detail ?? json.error_description
  return { code: codeOf(json), message: textOf(detail) }
}

/** `code` where it is a word, Google's reason, its status, or the type: the most particular that is there. */
function codeOf(error: Fields): string | null {
  const reason = googleReason(error.details)
  if (reason !== null) return reason
  return word(error.code) ?? word(error.status) ?? word(error.type)
}

function googleReason(details: unknown): string | null {
  if (!Array.isArray(details)) return null
  for (const detail of details as unknown[]) {
    if (isFields(detail) && typeof detail.reason === 'string') return word(detail.reason)
  }
  return null
}

const word = (value: unknown): string | null =>
  typeof value === 'string' && /^[\w.-]{1,100}$/.test(value) && !/^\d+$/.test(value) ? value : null

const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, MESSAGE_LENGTH) : null

function plainText(text: string): string | null {
  const trimmed = text.trim()
  // A page made for a browser says nothing in its first line.
  return trimmed === '' || trimmed.startsWith('<')
    ? null
    : trimmed.slice(0, MESSAGE_LENGTH).replaceAll('\uFFFD', '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
