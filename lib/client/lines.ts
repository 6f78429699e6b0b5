import type { z } from 'zod'
import type { Problem } from '#lib/contract/monitor.ts'
import { openLines } from './api.ts'
import { RequestError } from './request-error.ts'

type Line = { type: string }
type Ask<Read extends Line> = {
  body: unknown
  /** The shape of each line. */
  schema: z.ZodType<Read>
  signal: AbortSignal
}

type Answered<Read extends Line> = Exclude<Read, { type: 'problem' }>

/**
 * Asks our own server for an answer in lines as it is worked out, and hands each to `onLine`; resolves with the last,
 * null when there was none. Rejects like `getJson`,
 * and with the server's own words where a line tells a problem.
 */
export async function askInLines<Read extends Line>(
  path: string,
  { body, schema, signal }: Ask<Read>,
  onLine: (line: Answered<Read>) => void,
): Promise<Answered<Read> | null> {
  let last: Answered<Read> | null = null
  for await (const text of linesOf(await openLines(path, body, signal), signal)) {
    last = read(text, schema)
    onLine(last)
  }
  return last
}

function read<Read extends Line>(text: string, schema: z.ZodType<Read>): Answered<Read> {
  const parsed = schema.safeParse(jsonOf(text))
  if (!parsed.success) {
    throw new RequestError(
      'unreadable',
      'The server answered in a shape this page does not know. Reload the page.',
      { cause: parsed.error },
    )
  }
  if (isProblem(parsed.data)) {
    const { problem } = parsed.data
    throw new RequestError('refused', problem.detail, { status: problem.status, problem })
  }
  // A problem has been thrown: what is left is any other line.
  return parsed.data as Answered<Read>
}

const isProblem = (line: Line): line is { type: 'problem'; problem: Problem } => line.type === 'problem'

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** The stream's text, a line at a time, however it is cut; an empty line is none. */
async function* linesOf(stream: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  const reader = stream.getReader()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        if (signal.aborted) throw cause
        throw new RequestError('unreachable', 'The server went away before it had answered.', { cause })
      })
      const lines = (rest + decoder.decode(value, { stream: !done })).split('\n')
      rest = done ? '' : (lines.pop() ?? '')
      yield* lines.filter((line) => line.trim() !== '')
      if (done) return
    }
  } finally {
    // Whoever stops reading in the middle lets the server stop working.
    await reader.cancel().catch(() => undefined)
  }
}
