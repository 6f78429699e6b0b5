import type { ErrorKind } from '#lib/domain/outcome.ts'
import { ERROR_WORDS } from '#lib/domain/error-words.ts'

/** What went wrong on the way, in the field's word and in a few of an operator's. */
export type Failure = { kind: ErrorKind; message: string }

/** How far a call had come: each stage is entered when the one before is over. */
export type Stage = 'dns' | 'connect' | 'tls' | 'request' | 'body'

/** An error of our own, told apart by its kind; thrown into a connection that we give up. */
export class CallError extends Error {
  override readonly name = 'CallError'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** The failure of `kind`, in `message` or else in the kind's own words. */
export const failed = (kind: ErrorKind, message?: string): Failure => ({
  kind,
  message: message ?? ERROR_WORDS[kind],
})

const CERTIFICATE_WORDS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'certificate expired',
  CERT_NOT_YET_VALID: 'certificate not valid yet',
  CERT_REVOKED: 'certificate revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'self-signed certificate in the chain',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate of an unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate of an unknown issuer',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate of an unknown issuer',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate is for another name',
}

/** Codes that say the same at every stage. The first that an `AggregateError` holds speaks for it. */
const BY_CODE: Readonly<Record<string, Failure>> = {
  EMFILE: failed('resources_exhausted', 'out of file descriptors here'),
  ENFILE: failed('resources_exhausted', 'out of file descriptors here'),
  ENOMEM: failed('resources_exhausted', 'out of memory here'),
  ENOBUFS: failed('resources_exhausted', 'out of network buffers here'),
  EADDRNOTAVAIL: failed('resources_exhausted', 'out of local ports here'),
  ECONNREFUSED: failed('refused'),
  ENOTFOUND: failed('dns', 'name not found'),
  EAI_AGAIN: failed('dns', 'name server does not answer'),
  EAI_FAIL: failed('dns', 'name server failed'),
  EAI_NODATA: failed('dns', 'name has no address'),
  EAI_NONAME: failed('dns', 'name not found'),
  ETIMEDOUT: failed('connect_timeout', 'connect timed out'),
  EHOSTUNREACH: failed('unreachable'),
  EHOSTDOWN: failed('unreachable', 'host down'),
  // Our own kernel knows no way there; only with a canary that answers is it the provider's fault.
  ENETUNREACH: failed('egress_down', 'no route from here'),
  ENETDOWN: failed('egress_down', 'network down here'),
  EACCES: failed('egress_down', 'connect forbidden here'),
  EPERM: failed('egress_down', 'connect forbidden here'),
  UND_ERR_INVALID_ARG: failed(
    'probe_misconfigured',
    'probe misconfigured: a header or the path is not valid',
  ),
}
const CODES = Object.keys(BY_CODE)

/** What an error of Node, OpenSSL or undici means at this stage of a call. */
export function failureOf(error: unknown, stage: Stage): Failure {
  if (error instanceof CallError) return error.failure
  const codes = codesOf(error)
  const known = CODES.find((code) => codes.includes(code))
  if (known !== undefined && BY_CODE[known] !== undefined) return BY_CODE[known]
  return byStage(codes[0] ?? (error instanceof Error ? error.name : 'unknown error'), stage)
}

function byStage(code: string, stage: Stage): Failure {
  if (stage === 'tls' || code in CERTIFICATE_WORDS || /^ERR_(?:TLS|SSL)_/.test(code)) return tlsFailure(code)
  if (stage === 'dns') return failed('dns', `name lookup failed (${code})`)
  return stage === 'body' ? bodyFailure(code) : beforeAnswer(code)
}

function tlsFailure(code: string): Failure {
  return failed('tls', CERTIFICATE_WORDS[code] ?? `TLS handshake failed (${code})`)
}

function bodyFailure(code: string): Failure {
  return failed(
    'body_broken',
    code === 'ECONNRESET' ? 'connection reset within the answer' : 'answer broke off',
  )
}

/** undici says the latter of any head that cannot be read once it has named a length. */
const NO_HTTP: ReadonlySet<string> = new Set(['HTTPParserError', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'])

function beforeAnswer(code: string): Failure {
  if (NO_HTTP.has(code) || code.startsWith('HPE_')) return failed('bad_body', 'answer is not HTTP')
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return failed('bad_body', 'answer headers too large')
  if (code === 'UND_ERR_SOCKET') return failed('reset', 'connection closed before an answer')
  return failed(
    'reset',
    code === 'ECONNRESET' || code === 'EPIPE' ? 'connection reset' : `connection failed (${code})`,
  )
}

/** The codes of an error and of what it gathers: one per address that was tried. */
function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (const one of error instanceof AggregateError ? [...(error.errors as unknown[]), error] : [error]) {
    if (typeof one === 'object' && one !== null && 'code' in one && typeof one.code === 'string')
      codes.push(one.code)
  }
  return codes
}
