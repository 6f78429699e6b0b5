import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStorage } from '#lib/adapters/memory/memory-storage.ts'
import { openStorage } from '#lib/adapters/prisma/open-storage.ts'
import { bundledThread } from '#lib/adapters/prisma/test-threads.ts'
import { AppError } from '#lib/domain/errors.ts'
import { OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import type { Role } from '#lib/domain/access/roles.ts'
import type { Desk } from '#lib/services/access/desk.ts'
import type { Account } from '#lib/services/access/sign-in.ts'
import { createLog } from '../log.ts'
import { type Stage, stageRuntime } from '../stage-runtime.fixture.ts'
import { accessOf, COMMAND_LINE } from './access-of.ts'

const AWAY = new AppError('unavailable', 'The database is away.')
/** Secrets of a test's own, long enough. */
const secretFor = (purpose: string) => `${purpose}-`.repeat(40)
/** What a command of the command line shows. */
export const COMMAND_LINE_TOKEN = secretFor(COMMAND_LINE)

export const PASSWORD = 'correct horse battery'

/** A runtime that people sign in to: its fleet in memory, its accounts in a real database. */
export type GuardedStage = Stage & {
  desk: Desk
  /** Adds somebody, and says by which e-mail address they sign in. */
  person: (role: Role) => Promise<Account>
  /** Whether the accounts' database answers from now on. */
  accountsAnswer: (answer: boolean) => void
}

type GuardedEnv = Parameters<typeof accessOf>[0]['env']

/** Stages a runtime with sign-in on, and makes it the process's. */
export async function stageGuarded(env: Partial<GuardedEnv> = {}): Promise<GuardedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'switchyard-access-'))
  const accounts = await openStorage({ url: join(folder, 'accounts.db'), codeFile: bundledThread })
  let isAway = false
  const stage = await stageRuntime(
    memoryStorage(),
    undefined,
    accessOf({
      env: {
        authOn: true,
        host: '127.0.0.1',
        port: 3_000,
        publicOrigin: null,
        identityProvider: null,
        newUsers: null,
        authHeader: null,
        webhookTargets: OUTSIDE_ONLY,
        basePath: '',
        ...env,
      },
      secrets: { seal: (plain) => plain, open: (sealed) => sealed },
      store: {
        ask: (query) => (isAway ? Promise.reject(AWAY) : accounts.accounts.ask(query)),
      },
      secretFor,
      log: createLog('silent'),
    }),
  )
  const { desk } = stage.runtime.access
  if (desk === null) throw new Error('There is no desk.')
  let people = 0
  return {
    ...stage,
    desk,
    accountsAnswer: (answer) => {
      isAway = !answer
    },
    person: async (role) => {
      people += 1
      const signIn = await desk.signIn()
      return signIn.accounts.create({
        name: `${role} ${people}`,
        email: `${role}${people}@example.org`,
        username: null,
        role,
        password: PASSWORD,
      })
    },
    close: async () => {
      await stage.close()
      await accounts.journal.close(1_000)
      await accounts.reader.close()
      rmSync(folder, { recursive: true })
    },
  }
}
