import { join, resolve } from 'node:path'
import { type Rotated, rotateKey } from '#lib/adapters/key-rotation/rotate-key.ts'
import { readEnv } from '#lib/server/env.ts'
import { exitWith } from '#lib/server/exit-with.ts'
import { readArguments } from './read-arguments.ts'

const ROOT = join(import.meta.dirname, '..')

/** The file that was named for the new key; null when none was. */
function namedKeyFile(): string | null {
  const { values } = readArguments(
    { options: { 'new-key-file': { type: 'string' } } },
    'Usage: npm run rotate-key, or npm run rotate-key -- --new-key-file FILE',
  )
  const named = values['new-key-file']
  // npm runs this in the project's folder; the file is meant where npm was called.
  return named === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), named)
}

/** Seals what the database keeps secret with a new key; refused while Switchyard runs on it. */
async function main(): Promise<void> {
  const newKeyFile = namedKeyFile()
  const env = readEnv(process.env, ROOT)
  const rotated = await rotateKey({
    ...env,
    newKeyFile,
    migrationsDir: join(ROOT, 'prisma/migrations'),
    onStep: () => undefined,
  })
  for (const line of reportOf(rotated, newKeyFile)) console.log(line)
}

const times = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

function reportOf({ did, files }: Rotated, newKeyFile: string | null): string[] {
  const where =
    files === null
      ? `Before the next start, put the new key (${newKeyFile ?? ''}) where the environment has the old one.`
      : `The new key is ${files.current}. The old one is kept as ${files.old}: backups made until now open with nothing else.`
  return [
    did === 'finished'
      ? 'A rotation that had been interrupted is finished; another was not begun.'
      : `Sealed anew: ${times(did.own, 'secret')} of providers, ${times(did['second-factor'], 'secret')} of second factors.`,
    where,
    'Everybody must sign in again.',
  ]
}

try {
  await main()
} catch (error) {
  exitWith(error)
}
