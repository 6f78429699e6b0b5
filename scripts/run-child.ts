import { spawn } from 'node:child_process'

/** How a child ended: its exit code (128 + signal when a signal ended it) and all it printed, when captured. */
export type ChildResult = { code: number; output: string }

type ChildOptions = {
  env?: NodeJS.ProcessEnv
  /** `capture` keeps the output for the caller, `show` lets it through as it comes. */
  output?: 'capture' | 'show'
  timeoutMs?: number
  cwd?: string
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const EXIT_CODES: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGKILL: 137,
  SIGTERM: 143,
}

/** Runs a command to its end and never rejects; a signal to this process ends the child first, then this process. */
export function runChild(
  command: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<ChildResult> {
  const captured = options.output !== 'show'
  const child = spawn(command, args, {
    env: options.env ?? process.env,
    cwd: options.cwd,
    stdio: captured ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    timeout: options.timeoutMs,
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)

  let interruptedBy: NodeJS.Signals | null = null
  const interrupt = (signal: NodeJS.Signals) => {
    interruptedBy = signal
    child.kill(signal)
  }
  for (const signal of SIGNALS) process.on(signal, interrupt)

  return new Promise((resolve) => {
    const finish = (result: ChildResult) => {
      for (const signal of SIGNALS) process.off(signal, interrupt)
      if (interruptedBy !== null) process.exit(EXIT_CODES[interruptedBy] ?? 1)
      resolve(result)
    }
    child.on('error', (error) => finish({ code: 127, output: `${command}: ${error.message}` }))
    child.on('close', (code, signal) => {
      finish({ code: code ?? EXIT_CODES[signal ?? 'SIGTERM'] ?? 1, output })
    })
  })
}
