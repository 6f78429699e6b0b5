import type { DestinationStream } from 'pino'

/** Of lines that nobody takes, so many characters wait; what comes beyond is lost, and counted. */
const WAITING_CHARACTERS = 1_000_000

/** What lines are written to: a process's output, as far as it matters here. */
export type Output = {
  readonly writableLength: number
  write: (text: string) => unknown
  on: (event: 'error', listener: () => void) => unknown
}

const heard = new WeakSet<Output>()

/**
 * Takes log lines to an output that may be slow, stuck or gone: neither keeps the process from its work, nor from
 * ending. (Pino's own way would do both: a stuck pipe holds one of the few threads that files and names are read by, and
 * into one that nobody reads any more it writes for ever when the process exits.)
 */
export function logLines(output: Output): DestinationStream {
  if (!heard.has(output)) {
    heard.add(output)
    // Who reads the log is gone. The process is not here for the log.
    output.on('error', () => undefined)
  }
  let lost = 0
  return {
    write: (line) => {
      if (output.writableLength + line.length > WAITING_CHARACTERS) {
        lost += 1
        return
      }
      if (lost > 0) output.write(lostLine(lost))
      lost = 0
      output.write(line)
    },
  }
}

const lostLine = (lost: number): string =>
  `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), lost, msg: 'log lines were lost' })}\n`
