import { parseArgs, type ParseArgsConfig } from 'node:util'

/**
 * What was typed behind a command. What the command does not know ends the process with 2, in a sentence and with how it
 * is meant.
 */
export function readArguments<Config extends ParseArgsConfig>(config: Config, usage: string) {
  try {
    return parseArgs(config)
  } catch (error) {
    if (!isMistyped(error)) throw error
    console.error(`${firstSentence(error.message)}\n${usage}`)
    process.exit(2)
  }
}

const isMistyped = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')

/** The others advise on arguments that begin with a dash, which no command takes. */
const firstSentence = (text: string): string => `${text.split(/\.(?:\s|$)/, 1).join('')}.`
