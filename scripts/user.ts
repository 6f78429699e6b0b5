import { text } from 'node:stream/consumers'
import { join } from 'node:path'
import { problemSchema } from '#lib/contract/monitor.ts'
import { deriveSecret } from '#lib/adapters/secrets/derive-secret.ts'
import { loadSecretKey } from '#lib/adapters/secrets/load-secret-key.ts'
import { COMMAND_LINE } from '#lib/server/access/access-of.ts'
import { readEnv, type ServerEnv } from '#lib/server/env.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { GIVE_VARIABLES, openConsole } from './open-console.ts'
import { readArguments } from './read-arguments.ts'
import { type CallConsole, USAGE, UsageError, USER_COMMANDS, type UserOptions } from './user-commands.ts'

const ROOT = join(import.meta.dirname, '..')

/** What was typed: a command and its options. */
async function typed(): Promise<{ command: string; options: UserOptions }> {
  const string = { type: 'string' } as const
  const { values, positionals } = readArguments(
    {
      allowPositionals: true,
      options: {
        name: string,
        email: string,
        username: string,
        role: string,
        'password-stdin': { type: 'boolean' },
      },
    },
    USAGE,
  )
  const [command = '', login = null] = positionals
  // Never as an argument: whoever is on the machine sees those.
  const password = values['password-stdin'] ? (await text(process.stdin)).replace(/\r?\n$/, '') : null
  const { name = null, email = null, username = null, role = null } = values
  return { command, options: { login, name, email, username, role, password } }
}

const callerOf =
  (url: string, token: string): CallConsole =>
  async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    if (response.ok) return answer
    if (response.status === 401)
      throw new UsageError(`The Switchyard at ${url} is of another installation. ${GIVE_VARIABLES}`)
    const { detail, errors = [] } = problemSchema.parse(answer)
    throw new UsageError(
      [detail, ...errors.map(({ path: field, message }) => `  ${field}: ${message}`)].join('\n'),
    )
  }

async function main(env: ServerEnv): Promise<void> {
  const { command, options } = await typed()
  const run = USER_COMMANDS[command]
  if (run === undefined) throw new UsageError(USAGE)
  if (!env.authOn) throw new UsageError('With SWITCHYARD_AUTH=off there are no users.')
  const token = deriveSecret(loadSecretKey(env), COMMAND_LINE)
  const { url, close } = await openConsole(env)
  try {
    for (const line of await run(callerOf(url, token), options)) console.log(line)
  } finally {
    await close()
  }
}

try {
  await main(readEnv(process.env, ROOT))
  process.exit(0)
} catch (error) {
  if (error instanceof UsageError) {
    console.error(error.message)
    process.exit(2)
  }
  exitWith(error)
}
