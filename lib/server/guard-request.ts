import { guard, type Ours } from './guard.ts'
import { plainProblem, problemResponse } from './problem.ts'
import { requestIdOf } from './request-id.ts'

/** The answer to a request that must not be served here, or null. */
export function guardRequest(
  { method, headers }: Pick<Request, 'method' | 'headers'>,
  ours: Ours,
): Response | null {
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
    ours,
  )
  return refusal && problemResponse(plainProblem({ ...refusal, requestId: requestIdOf(headers) }))
}
