import { uptime } from 'node:os'
import { createEgressCanary } from '#lib/adapters/http/egress-canary.ts'
import { expandRecurrence, recurrenceProblem } from '#lib/adapters/calendar/recurrence.ts'
import { createNotifier } from '#lib/adapters/notify/notifier.ts'
import { createChannelOpener } from '#lib/adapters/notify/open-channel.ts'
import { createProber } from '#lib/adapters/http/prober.ts'
import { openStorage, type StorageOptions } from '#lib/adapters/prisma/open-storage.ts'
import { createSecrets } from '#lib/adapters/secrets/create-secrets.ts'
import { deriveSecret } from '#lib/adapters/secrets/derive-secret.ts'
import { loadSecretKey } from '#lib/adapters/secrets/load-secret-key.ts'
import { resolveReference } from '#lib/adapters/secrets/resolve-reference.ts'
import { CHANNEL_KINDS } from '#lib/domain/alerts/channel.ts'
import type { AlertingWorld } from '#lib/services/alerts/alerting.ts'
import { channelDoor } from '#lib/services/alerts/channel-door.ts'
import { withFirstRules } from '#lib/services/alerts/first-rules.ts'
import type { Recurrence } from '#lib/services/alerts/records.ts'
import type { CheckWorld } from '#lib/services/check-provider.ts'
import type { Clock } from '#lib/services/ports.ts'
import packageJson from '../../package.json' with { type: 'json' }
import { accessOf, greetFirst } from './access/access-of.ts'
import { buildRuntime } from './build-runtime.ts'
import { createFleetClock } from './clock.ts'
import { readEnv, type ServerEnv } from './env.ts'
import { exitWith } from './exit-with.ts'
import { createLog } from './log.ts'
import { holdRuntime } from './runtime.ts'

/** Where the code of the database's threads is, when it is not where the sources are. */
type Code = Pick<StorageOptions, 'codeFile'>

/** Starts the process's runtime; a refusal is written to standard error in its own words, and the process exits with 1. */
export async function startRuntimeOrExit(code: Code = {}): Promise<void> {
  try {
    await startRuntime(code)
  } catch (error) {
    exitWith(error)
  }
}

/** Starts the process's runtime; one that was there before (a development server reloads) is stopped first. */
async function startRuntime(code: Code): Promise<void> {
  await holdRuntime(null)?.stop()
  const env = readEnv(process.env, process.cwd())
  const clock = createFleetClock({
    wallMs: Date.now,
    monotonicMs: () => performance.now(),
    bootMs: () => uptime() * 1_000,
  })
  const log = createLog(env.logLevel)
  const secretKey = loadSecretKey(env)
  const secrets = createSecrets(secretKey)
  const opened = await openStorage({
    ...code,
    url: env.databasePath,
    warn: (warning) => log.warn({ warning }, 'the database says'),
  })
  const storage = withFirstRules(opened, clock.now())
  const prober = createProber({
    clock,
    secrets,
    resolveReference: (name) => resolveReference(name),
    targets: env.providerTargets,
  })
  const notifier = createNotifier({ targets: channelTargets(env), now: Date.now })
  const world = {
    clock,
    storage,
    prober,
    secrets,
    accessOf: accessOf({
      env,
      store: storage.accounts,
      secrets,
      secretFor: (purpose) => deriveSecret(secretKey, purpose),
      log,
    }),
    alerting: {
      ...calendar,
      linkTo: (path: string) => linkTo(env, path),
      door: channelDoor(notifier, createChannelOpener(secrets, resolveReference)),
    },
    random: Math.random,
    log,
    version: packageJson.version,
  }
  const runtime = await buildRuntime({ ...world, askCanary: askCanaryOf(env, clock) }, env)
  const stop = async () => {
    await runtime.stop()
    await prober.close()
    await notifier.close()
  }
  try {
    await greetFirst(runtime.access, env, log)
  } catch (error) {
    // A process that ends while its database is still at work is aborted instead of exiting with its code.
    await stop()
    throw error
  }
  holdRuntime({ ...runtime, demoControl: env.demoControl, stop })
  log.info(
    { database: env.databasePath, providers: runtime.engine.fleet.entries.size },
    'the fleet is restored',
  )
}

/** Any channel may lead where users may aim webhooks. */
const channelTargets = ({ webhookTargets }: ServerEnv) =>
  Object.fromEntries(CHANNEL_KINDS.map((kind) => [kind, webhookTargets]))

const linkTo = ({ publicOrigin, basePath }: ServerEnv, path: string): string | null =>
  publicOrigin === null ? null : publicOrigin + basePath + path

const inZone = ({ timeZone, ...rest }: Recurrence) => ({ ...rest, zone: timeZone })

const calendar: Pick<AlertingWorld, 'expand' | 'recurrenceProblem'> = {
  expand: (recurrence, range) => expandRecurrence(inZone(recurrence), range),
  recurrenceProblem: (recurrence) => {
    const problem = recurrenceProblem(inZone(recurrence))
    return problem && { ...problem, field: problem.field === 'zone' ? 'timeZone' : problem.field }
  },
}

function askCanaryOf({ egressCanaries }: ServerEnv, clock: Clock): CheckWorld['askCanary'] {
  if (egressCanaries.length === 0) return null
  const canary = createEgressCanary(egressCanaries, clock)
  return async () => ((await canary.state()) === 'down' ? 'down' : 'up')
}
