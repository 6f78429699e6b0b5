import { AppError } from '#lib/domain/errors.ts'
import type { Engine } from '#lib/services/engine.ts'
import { createIdentityProvider } from '#lib/adapters/sign-in/create-identity-provider.ts'
import type { IdentityProvider } from '#lib/services/access/identity-provider.ts'
import type { AccountStore, Secrets } from '#lib/services/ports.ts'
import { recordAudit } from '#lib/services/record-audit.ts'
import { addressIn } from '../base-path.ts'
import type { ServerEnv } from '../env.ts'
import { isLoopbackHost } from '../guard.ts'
import type { Logger } from '../log.ts'
import { urlOf } from '../url-of.ts'
import { type Access, guardedAccess, openAccess } from './access.ts'
import { openDesk } from './open-desk.ts'
import { createSessionMemory } from './session-memory.ts'

type Env = Pick<
  ServerEnv,
  | 'authOn'
  | 'host'
  | 'port'
  | 'publicOrigin'
  | 'identityProvider'
  | 'newUsers'
  | 'authHeader'
  | 'webhookTargets'
  | 'basePath'
>
type Options = {
  env: Env
  store: AccountStore
  secrets: Secrets
  secretFor: (purpose: string) => string
  log: Logger
}

/** The purpose of the secret that a command of the command line shows. */
export const COMMAND_LINE = 'command-line'

/** How the console tells people apart, as its environment says. */
export const accessOf =
  ({ env, store, secrets, secretFor, log }: Options) =>
  (engine: Engine): Access => {
    if (!env.authOn) return openAccess
    const now = () => engine.clock.now()
    const sessions = createSessionMemory(now)
    const url = new URL(addressIn(env.basePath, '/'), env.publicOrigin ?? urlOf(env.host, env.port))
    const desk = openDesk({
      store,
      secretFor,
      url,
      now,
      record: (entry) =>
        void recordAudit(engine, entry).catch((err: unknown) =>
          log.error({ err }, 'an audit entry was lost'),
        ),
      forgetSessions: sessions.forget,
    })
    const identity = {
      provider: providerOf(env, { url, secrets, now }),
      newUsers: env.newUsers,
      basePath: env.basePath,
    }
    const commandLineToken = secretFor(COMMAND_LINE)
    return guardedAccess({ engine, desk, sessions, identity, proxyHeader: env.authHeader, commandLineToken })
  }

function providerOf(
  { identityProvider, webhookTargets, basePath }: Env,
  { url, secrets, now }: { url: URL; secrets: Secrets; now: () => number },
): IdentityProvider | null {
  if (identityProvider === null) return null
  const redirectUri = new URL(addressIn(basePath, '/api/auth/oidc/callback'), url)
  return createIdentityProvider({ ...identityProvider, redirectUri, secrets, targets: webhookTargets, now })
}

/**
 * Tells the log how the first administrator is made. Throws `unavailable` where others could reach a console that
 * nobody administrates.
 */
export async function greetFirst({ desk }: Access, { host }: Pick<Env, 'host'>, log: Logger): Promise<void> {
  if (desk === null || (await desk.isSetUp())) return
  if (!isLoopbackHost(host)) {
    throw new AppError(
      'unavailable',
      `HOST=${host} lets others reach the console, and it has no administrator yet: start it on 127.0.0.1 and open ` +
        '/set-up, or run: npm run user -- create --role administrator',
    )
  }
  log.warn(
    { setUpToken: desk.setUpToken },
    'nobody may sign in yet: open /set-up to make the first administrator',
  )
}
