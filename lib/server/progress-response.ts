import { AppError } from '#lib/domain/errors.ts'
import { logFailure } from './log-failure.ts'
import { problemOf, toAppError } from './problem.ts'
import { requestIdOf } from './request-id.ts'

const LINES = 'application/x-ndjson'
/** Progress is told no oftener than this. */
const TELL_MS = 100

type Progress = { type: 'progress'; done: number; total: number }

type Work<Line, Answer> = {
  /** Does the work; `tell` hands out what is known before its end. */
  run: (watch: {
    signal: AbortSignal
    tell: (line: Line) => void
    onProgress: (done: number, total: number) => void
  }) => Promise<Answer>
  /** The answer as the last line. */
  lineOf: (answer: Answer) => Line
}

/**
 * Answers with what work comes to: as JSON, or line by line with its progress where the request accepts
 * `application/x-ndjson`. A client that goes away ends the work.
 */
export async function progressResponse<Line extends object, Answer extends object>(
  request: Request,
  work: Work<Line | Progress, Answer>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers)
  const headers = { 'cache-control': 'no-store', 'x-request-id': requestId }
  if (request.headers.get('accept')?.includes(LINES) === true) {
    const body = linesOf(request, work)
    return new Response(body, {
      headers: { ...headers, 'content-type': LINES, 'x-accel-buffering': 'no' },
    })
  }
  const watch = { signal: request.signal, tell: () => undefined, onProgress: () => undefined }
  const answer = await work.run(watch).catch((error: unknown) => {
    throw request.signal.aborted ? new AppError('unavailable', 'The client went away.') : error
  })
  return Response.json(answer, { headers })
}

function linesOf<Line extends object, Answer extends object>(
  request: Request,
  { run, lineOf }: Work<Line | Progress, Answer>,
): ReadableStream<Uint8Array> {
  const gone = new AbortController()
  const signal = AbortSignal.any([request.signal, gone.signal])
  const encoder = new TextEncoder()
  return new ReadableStream({
    start: (stream) => {
      const tell = (line: object) => {
        if (!signal.aborted) stream.enqueue(encoder.encode(`${JSON.stringify(line)}\n`))
      }
      let toldAt = 0
      const onProgress = (done: number, total: number) => {
        if (performance.now() - toldAt < TELL_MS) return
        toldAt = performance.now()
        tell({ type: 'progress', done, total } satisfies Progress)
      }
      void run({ signal, tell, onProgress })
        .then((answer) => tell(lineOf(answer)))
        .catch((thrown: unknown) => {
          const requestId = requestIdOf(request.headers)
          const error = toAppError(thrown)
          if (error.code === 'internal') {
            const path = new URL(request.url).pathname
            logFailure(thrown, { requestId, method: request.method, path }, 'a request failed')
          }
          const problem = problemOf(error, requestId)
          tell({ type: 'problem', problem })
        })
        .finally(() => {
          if (!gone.signal.aborted) stream.close()
        })
    },
    cancel: () => gone.abort(),
  })
}
