import { resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { z } from 'zod'
import { durationSchema, parseDuration } from '#lib/contract/duration.ts'
import { plainWords } from '#lib/contract/plain-words.ts'
import { AppError, type FieldError } from '#lib/domain/errors.ts'
import type { Role } from '#lib/domain/access/roles.ts'
import { INSIDE_TOO, OUTSIDE_ONLY, type TargetPolicy } from '#lib/domain/target-policy.ts'
import { BASE_PATH_RULE, isBasePath } from './base-path.ts'
import { isLoopbackHost } from './guard.ts'
import {
  type IdentityProviderEnv,
  identityProviderVariables,
  readIdentityProvider,
} from './identity-provider-env.ts'
import { misfits } from './env-misfits.ts'
import { nearest } from './nearest.ts'
import { isNetwork } from './networks.ts'
import { LIMITED_CLIENTS, type LimitedClients } from './request-limits.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'a port number from 0 to 65535')

const loopbackUrl = z
  .string()
  .refine(isLoopbackUrl, 'an http:// URL of this machine, such as http://127.0.0.1:4321')

function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text)
  return url?.protocol === 'http:' && isLoopbackHost(url.hostname.replace(/^\[|\]$/g, ''))
}

const onOff = z.enum(['on', 'off'], 'on or off').transform((value) => value === 'on')

const targets = onOff.transform((on): TargetPolicy => (on ? INSIDE_TOO : OUTSIDE_ONLY))

const canaries = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(/^(?:\[[0-9a-fA-F:]+\]|[^\s:[\]]+):\d{1,5}$/, 'a list of host:port, separated by commas'),
    ),
  )

const publicUrl = z
  .string()
  .refine(isPublicUrl, 'an http:// or https:// URL without user, query and fragment, as browsers see it')

function isPublicUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  return url.href === url.origin + url.pathname
}

const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(z.string().refine(isNetwork, 'a list of addresses and networks, such as 10.0.0.0/8,::1')))

const duration = (minMs: number, maxMs: number) =>
  durationSchema(minMs, maxMs).transform((text) => parseDuration(text) ?? Number.NaN)

const databaseUrl = z.string().superRefine((text, context) => {
  if (text.startsWith('file:') && text.length > 'file:'.length) return
  const message = /^postgres(ql)?:/.test(text)
    ? 'a file: URL; PostgreSQL is not supported yet'
    : 'a file: URL, such as file:./data/switchyard.db'
  context.addIssue({ code: 'custom', message })
})

/** Every variable the program reads, and what it may be. A missing or empty one takes its default. */
const variables = z.object({
  PORT: port.default(3_000),
  HOST: z.string().default('127.0.0.1'),
  SWITCHYARD_DATABASE_URL: databaseUrl.optional(),
  SWITCHYARD_DATA_DIR: z.string().default('./data'),
  SWITCHYARD_GATEWAY_PORT: z
    .union([z.literal('off').transform(() => null), port], 'a port number, or off')
    .default(8_787),
  // Whoever can reach the gateway from elsewhere must show a client key.
  SWITCHYARD_GATEWAY_HOST: z.string().default('127.0.0.1'),
  SWITCHYARD_LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`).default('info'),
  SWITCHYARD_SCHEDULER: onOff.default(true),
  SWITCHYARD_AUTH: onOff.default(true),
  ...identityProviderVariables,
  SWITCHYARD_SECRET_KEY: z.string().optional(),
  SWITCHYARD_SECRET_KEY_FILE: z.string().optional(),
  SWITCHYARD_EGRESS_CANARY: canaries.default([]),
  SWITCHYARD_PRIVATE_TARGETS: targets.default(INSIDE_TOO),
  SWITCHYARD_PRIVATE_WEBHOOKS: targets.default(OUTSIDE_ONLY),
  SWITCHYARD_PUBLIC_URL: publicUrl.optional(),
  SWITCHYARD_BASE_PATH: z.string().refine(isBasePath, BASE_PATH_RULE).default(''),
  SWITCHYARD_TRUSTED_PROXIES: networks.default([]),
  SWITCHYARD_HSTS: z
    .union(
      [z.literal('off').transform(() => null), duration(1_000, 63_072_000_000)],
      'a duration such as 365d, or off',
    )
    .default(null),
  SWITCHYARD_RATE_LIMITS: z.enum(LIMITED_CLIENTS, `one of ${LIMITED_CLIENTS.join(', ')}`).default('remote'),
  SWITCHYARD_DRAIN: duration(0, 300_000).default(25_000),
  SWITCHYARD_CONFIG: z.string().optional(),
  SWITCHYARD_DEMO_CONTROL: loopbackUrl.optional(),
})

/** The program's environment, read and typed; paths are absolute. */
export type ServerEnv = {
  /** 0: any free port. */
  port: number
  host: string
  databasePath: string
  dataDir: string
  /** Null: no gateway. */
  gatewayPort: number | null
  gatewayHost: string
  logLevel: (typeof LOG_LEVELS)[number]
  schedulerOn: boolean
  authOn: boolean
  /** What people may sign in by besides passwords. */
  identityProvider: IdentityProviderEnv | null
  /** The role of somebody whom the identity provider or the proxy vouches for the first time; null: they stay out. */
  newUsers: Role | null
  /** The lower-case name of the header in which a trusted proxy tells who the user is. */
  authHeader: string | null
  secretKey: string | null
  secretKeyFile: string | null
  /** `host:port` pairs that are reachable whenever our own network is; empty: none known. */
  egressCanaries: readonly string[]
  /** Where checks and the gateway's requests may go. */
  providerTargets: TargetPolicy
  /** Where webhooks and OIDC discovery may go. */
  webhookTargets: TargetPolicy
  drainMs: number
  /** The origin under which a proxy in front shows the console to browsers; null: there is none. */
  publicOrigin: string | null
  /** Where the console is under its host; empty at the root. */
  basePath: string
  /** Addresses and networks whose word on where a request came from is believed. */
  trustedProxies: readonly string[]
  /** How long browsers shall insist on TLS; null: they are not told. */
  hstsMs: number | null
  /** Whose requests are counted and limited. */
  limitedClients: LimitedClients
  configFile: string | null
  /** Set by the demo for its own console: where its traffic is turned up and down. */
  demoControl: string | null
}

/** Reads the environment, or throws `invalid_input` with every bad variable named at once. */
export function readEnv(source: Readonly<Record<string, string | undefined>>, cwd: string): ServerEnv {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = variables.safeParse(given, { error: plainWords })
  const identity = readIdentityProvider(parsed.data, cwd)
  const fields = [
    ...unknownNames(given),
    ...(parsed.success ? [] : parsed.error.issues.map(complaint)),
    ...misfits(given),
    ...identity.fields,
  ]
  if (!parsed.success || fields.length > 0) throw badEnvironment(fields)
  const env = parsed.data
  const dataDir = resolve(cwd, env.SWITCHYARD_DATA_DIR)
  return {
    port: env.PORT,
    host: env.HOST,
    databasePath: databasePath(env.SWITCHYARD_DATABASE_URL, { cwd, dataDir }),
    dataDir,
    gatewayPort: env.SWITCHYARD_GATEWAY_PORT,
    gatewayHost: env.SWITCHYARD_GATEWAY_HOST,
    logLevel: env.SWITCHYARD_LOG_LEVEL,
    schedulerOn: env.SWITCHYARD_SCHEDULER,
    authOn: env.SWITCHYARD_AUTH,
    identityProvider: identity.provider,
    newUsers: env.SWITCHYARD_NEW_USERS,
    authHeader: env.SWITCHYARD_AUTH_HEADER,
    secretKey: env.SWITCHYARD_SECRET_KEY ?? null,
    secretKeyFile: pathIn(cwd, env.SWITCHYARD_SECRET_KEY_FILE),
    egressCanaries: env.SWITCHYARD_EGRESS_CANARY,
    providerTargets: env.SWITCHYARD_PRIVATE_TARGETS,
    webhookTargets: env.SWITCHYARD_PRIVATE_WEBHOOKS,
    drainMs: env.SWITCHYARD_DRAIN,
    publicOrigin: URL.parse(env.SWITCHYARD_PUBLIC_URL ?? '')?.origin ?? null,
    basePath: env.SWITCHYARD_BASE_PATH,
    trustedProxies: env.SWITCHYARD_TRUSTED_PROXIES,
    hstsMs: env.SWITCHYARD_HSTS,
    limitedClients: env.SWITCHYARD_RATE_LIMITS,
    configFile: pathIn(cwd, env.SWITCHYARD_CONFIG),
    demoControl: env.SWITCHYARD_DEMO_CONTROL ?? null,
  }
}

const pathIn = (folder: string, path: string | undefined) =>
  path === undefined ? null : resolve(folder, path)

const complaint = (issue: z.core.$ZodIssue): FieldError => ({
  path: String(issue.path[0]),
  message: issue.message,
})

function unknownNames(given: Record<string, unknown>): FieldError[] {
  const known = Object.keys(variables.shape)
  return Object.keys(given)
    .filter((name) => name.startsWith('SWITCHYARD_') && !known.includes(name))
    .map((path) => {
      const suggestion = nearest(path, known)
      return {
        path,
        message: suggestion === null ? 'there is no such variable' : `did you mean ${suggestion}?`,
      }
    })
}

function badEnvironment(fields: FieldError[]): AppError {
  const lines = fields.map(({ path, message }) => `  ${path}: ${message}`)
  return new AppError('invalid_input', ['The environment is not right:', ...lines].join('\n'), { fields })
}

/** `file:./x` is relative to the working folder, `file:///x` is absolute; a query part is not ours. */
function databasePath(url: string | undefined, { cwd, dataDir }: { cwd: string; dataDir: string }): string {
  if (url === undefined) return resolve(dataDir, 'switchyard.db')
  return fileURLToPath(
    url.startsWith('file://') ? url : new URL(url.slice('file:'.length), pathToFileURL(`${cwd}/`)),
  )
}
