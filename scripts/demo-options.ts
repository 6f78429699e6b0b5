import { setDemoLoadSchema } from '#lib/contract/demo-load.ts'
import { AppError } from '#lib/domain/errors.ts'

const MAX_PORT = 65_535

/** How the demo is to be. */
export type DemoOptions = { port: number; seed: number; requestsPerSecond: number }

/** The demo's options out of what was typed; throws `invalid_input` with a line for each that is not right. */
export function demoOptions(typed: { port: string; seed: string; rps: string }): DemoOptions {
  const port = wholeNumber(typed.port)
  const seed = wholeNumber(typed.seed)
  // The console's control for it has the same bounds.
  const load = setDemoLoadSchema.safeParse({ requestsPerSecond: wholeNumber(typed.rps) })
  const requestsPerSecond = load.data?.requestsPerSecond ?? 0
  const complaints = [
    ...(port >= 1 && port <= MAX_PORT ? [] : [`--port ${typed.port}: a port from 1 to ${MAX_PORT}`]),
    ...(Number.isSafeInteger(seed) ? [] : [`--seed ${typed.seed}: a whole number`]),
    ...(load.error?.issues.map(({ message }) => `--rps ${typed.rps}: ${message}`) ?? []),
  ]
  if (complaints.length > 0) throw new AppError('invalid_input', complaints.join('\n'))
  return { port, seed, requestsPerSecond }
}

const wholeNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)
