import { expect } from 'vitest'
import type { z } from 'zod'
import { type Problem, problemSchema } from '#lib/contract/monitor.ts'
import type { RouteHandler } from '#lib/server/http.ts'
import { type OperationName, operations } from '#lib/server/operations/index.ts'

/** What a test sends. */
export type Sent = {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
  /** In place of `body`. */
  text?: string
  headers?: Record<string, string>
  /** Aborts when the client goes away. */
  signal?: AbortSignal
}
/** What it is answered. */
type Outcome<Name extends OperationName> = {
  status: number
  headers: Headers
  /** What was answered; only there when the call succeeded. */
  body: z.output<(typeof operations)[Name]['answer']>
  /** Why it was refused, with the facts beside it; only there when it was. */
  problem: Problem & Record<string, unknown>
}

/** Calls the route handler of an operation and holds its answer against the contract. */
export async function call<Name extends OperationName>(name: Name, sent: Sent = {}): Promise<Outcome<Name>> {
  const { method, path, answer } = operations[name]
  const file = path.slice('/api/'.length).replaceAll(/\{(\w+)\}/g, '[$1]')
  const handler = ((await import(/* @vite-ignore */ `./${file}/route.ts`)) as Record<string, RouteHandler>)[
    method
  ]!
  const text = sent.text ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
  const request = new Request(`http://localhost:3000${path}?${new URLSearchParams(sent.query).toString()}`, {
    method,
    headers: { 'content-type': 'application/json', ...sent.headers },
    ...(text === undefined ? {} : { body: text }),
    ...(sent.signal === undefined ? {} : { signal: sent.signal }),
  })
  const response = await handler(request, { params: Promise.resolve(sent.params ?? {}) })
  const body: unknown = await response.json()
  const { status, headers: given } = response
  if (!response.ok) {
    expect(problemSchema.parse(body).status).toBe(status)
    return { status, headers: given, problem: body } as Outcome<Name>
  }
  expect((answer as z.ZodType).parse(body), 'nothing beyond the contract').toEqual(body)
  return { status, headers: given, body } as Outcome<Name>
}
