import { NextResponse, type NextRequest } from 'next/server'
import { guard } from '#lib/server/guard.ts'
import { plainProblem, problemResponse } from '#lib/server/problem.ts'
import { requestIdOf } from '#lib/server/request-id.ts'

/** Stands before every path, pages and files included, so that no foreign page reaches the console. */
export function proxy({ method, headers }: NextRequest): Response {
  const refusal = guard(
    {
      method,
      host: headers.get('host'),
      origin: headers.get('origin'),
      fetchSite: headers.get('sec-fetch-site'),
      fetchMode: headers.get('sec-fetch-mode'),
      fetchDest: headers.get('sec-fetch-dest'),
      contentType: headers.get('content-type'),
      hasBody: headers.has('transfer-encoding') || Number(headers.get('content-length') ?? 0) > 0,
    },
    // Whoever listens puts the port it got into PORT, also when it was given 0.
    { host: process.env.HOST ?? '127.0.0.1', port: Number(process.env.PORT ?? 3_000) },
  )
  if (refusal === null) return NextResponse.next()
  return problemResponse(plainProblem({ ...refusal, requestId: requestIdOf(headers) }))
}
