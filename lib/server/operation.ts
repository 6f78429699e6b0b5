import { z } from 'zod'
import type { Permission } from '#lib/domain/access/roles.ts'
import type { ErrorCode } from '#lib/domain/errors.ts'
import type { LimitedKind } from './request-limits.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Traits = {
  method: Method
  /** With parameters in braces: `/api/providers/{id}`. */
  path: `/api/${string}`
  /** What a caller must be allowed to; `everyone` needs no sign-in. */
  access: Permission | 'everyone'
  tag:
    | 'monitor'
    | 'providers'
    | 'circuits'
    | 'settings'
    | 'outcomes'
    | 'routing'
    | 'client keys'
    | 'sign-in'
    | 'users'
    | 'API keys'
    | 'data'
    | 'audit'
    | 'alerts'
    | 'demo'
    | 'self'
  summary: string
  /** The media type of the answer. */
  answerType: 'application/json' | 'text/event-stream' | 'text/plain'
  /** Media types that it is also told in, for who asks: tables as CSV, metrics as OpenMetrics. */
  alsoAs: readonly ('text/csv' | 'application/openmetrics-text')[]
  status: 200 | 201 | 303
  /** Whether it may answer 202: in force, but not yet on disk. */
  mayBePending: boolean
  /** Whether it honours `Idempotency-Key`. */
  idempotent: boolean
  /** Whether a request without a body is as good as one with `{}`. */
  bodyOptional: boolean
  /** What counts against its client's share; null: machines call it as often as they have something to say. */
  limit: LimitedKind | null
  /** Refusals beyond those that every call may give. */
  errors: readonly ErrorCode[]
}

type Schemas<Params, Query, Body, Answer> = { params: Params; query: Query; body: Body; answer: Answer }

/** One call of the HTTP contract: its handler parses by it, and the OpenAPI document is made from it. */
export type Operation<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = Traits & Schemas<Params, Query, Body, Answer>

const nothing = z.object({})
type Nothing = typeof nothing
/** A call that takes no body ignores one. */
const noBody = z.unknown()
type NoBody = typeof noBody

/** An operation with what is usual left out: no parameters, no query, no body, JSON, 200. */
export function operation<
  Answer extends z.ZodType,
  Params extends z.ZodObject = Nothing,
  Query extends z.ZodObject = Nothing,
  Body extends z.ZodType = NoBody,
>(
  given: Pick<Traits, 'method' | 'path' | 'access' | 'tag' | 'summary'> &
    Partial<Traits> & { answer: Answer; params?: Params; query?: Query; body?: Body },
): Operation<Params, Query, Body, Answer> {
  return {
    answerType: 'application/json',
    alsoAs: [],
    status: 200,
    mayBePending: false,
    idempotent: false,
    bodyOptional: false,
    limit: given.method === 'GET' ? 'read' : 'change',
    errors: [],
    ...given,
    // The defaults are used exactly when the type parameters were left to theirs.
    params: given.params ?? (nothing as unknown as Params),
    query: given.query ?? (nothing as unknown as Query),
    body: given.body ?? (noBody as unknown as Body),
  }
}

/** Whether the operation takes a body. */
export const takesBody = (op: Operation): boolean => op.body !== noBody
