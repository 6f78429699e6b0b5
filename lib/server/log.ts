import pino, { type DestinationStream, type Logger } from 'pino'
import type { ServerEnv } from './env.ts'
import { logLines } from './log-lines.ts'

export type { Logger }

const SECRET_FIELDS = ['apiKey', 'authorization', 'cookie', 'secretKey', 'sealed', 'password', 'token']

/** JSON lines on standard output (or `destination`), with fields that hold secrets blanked two levels deep. */
export function createLog(
  level: ServerEnv['logLevel'],
  destination: DestinationStream = logLines(process.stdout),
): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
      censor: '[redacted]',
    },
  }
  return pino(options, destination)
}
