import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { buttonNameSchema } from '#lib/contract/name.ts'
import type { FieldError } from '#lib/domain/errors.ts'
import { isThisMachine } from '#lib/domain/network-address.ts'
import type { TargetPolicy } from '#lib/domain/target-policy.ts'

const issuer = z.string().transform((text, context) => {
  const url = URL.parse(text)
  const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === ''
  if (isPlain && /^https?:$/.test(url.protocol)) return url
  context.addIssue({ code: 'custom', message: 'an https:// URL, such as https://id.example.com/realms/team' })
  return z.NEVER
})

/** The variables of sign-in by others: an identity provider, or a proxy that has signed people in already. */
export const identityProviderVariables = {
  SWITCHYARD_OIDC_ISSUER: issuer.optional(),
  SWITCHYARD_OIDC_CLIENT_ID: z.string().max(255, 'at most 255 characters').optional(),
  SWITCHYARD_OIDC_CLIENT_SECRET: z.string().optional(),
  SWITCHYARD_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  SWITCHYARD_OIDC_NAME: buttonNameSchema.optional(),
  // Nobody becomes an administrator by signing in.
  SWITCHYARD_NEW_USERS: z
    .enum(['off', 'viewer', 'operator'], 'off, viewer or operator')
    .transform((role) => (role === 'off' ? null : role))
    .default(null),
  SWITCHYARD_AUTH_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,100}$/, 'the name of a header, such as X-Forwarded-User')
    .transform((name) => name.toLowerCase())
    .refine((name) => !/^(cookie|host|authorization)$/.test(name), 'a header that browsers do not send')
    .nullable()
    .default(null),
}

/** The identity provider that people may sign in by. */
export type IdentityProviderEnv = { issuer: URL; clientId: string; clientSecret: string; name: string }

type Given = {
  [Name in keyof typeof identityProviderVariables]?: z.infer<(typeof identityProviderVariables)[Name]>
} & { SWITCHYARD_PRIVATE_WEBHOOKS: TargetPolicy }

/** The identity provider that the variables name, if they do, and what is wrong with them together; nothing of variables that could not be read. */
export function readIdentityProvider(
  given: Given | undefined,
  cwd: string,
): { provider: IdentityProviderEnv | null; fields: FieldError[] } {
  if (given === undefined) return { provider: null, fields: [] }
  const secret = readSecret(given, cwd)
  const url = given.SWITCHYARD_OIDC_ISSUER
  const clientId = given.SWITCHYARD_OIDC_CLIENT_ID
  const fields = [...missing(given), ...secret.fields, ...plainText(given)]
  if (url === undefined || clientId === undefined || secret.text === null) return { provider: null, fields }
  const provider = {
    issuer: url,
    clientId,
    clientSecret: secret.text,
    name: given.SWITCHYARD_OIDC_NAME ?? url.host,
  }
  return { provider, fields }
}

const SECRET = 'SWITCHYARD_OIDC_CLIENT_SECRET'

/** Half a provider is a mistake, and none is not. */
function missing(given: Given): FieldError[] {
  const parts = [
    'SWITCHYARD_OIDC_ISSUER',
    'SWITCHYARD_OIDC_CLIENT_ID',
    given.SWITCHYARD_OIDC_CLIENT_SECRET_FILE === undefined ? SECRET : `${SECRET}_FILE`,
  ] as const
  const absent = parts.filter((name) => given[name] === undefined)
  if (absent.length === parts.length && given.SWITCHYARD_OIDC_NAME === undefined) return []
  return absent.map((path) => ({
    path,
    message: 'missing: sign-in by OpenID Connect needs an issuer, a client id and a client secret',
  }))
}

function readSecret(given: Given, cwd: string): { text: string | null; fields: FieldError[] } {
  const { SWITCHYARD_OIDC_CLIENT_SECRET: text, SWITCHYARD_OIDC_CLIENT_SECRET_FILE: file } = given
  const refuse = (message: string) => ({ text: null, fields: [{ path: `${SECRET}_FILE`, message }] })
  if (file === undefined) return { text: text ?? null, fields: [] }
  if (text !== undefined) return refuse('give the secret or its file, not both')
  const path = resolve(cwd, file)
  try {
    const kept = readFileSync(path, 'utf8').trim()
    return kept === '' ? refuse(`the file ${path} is empty`) : { text: kept, fields: [] }
  } catch (error) {
    return refuse(`the file ${path} cannot be read (${String((error as NodeJS.ErrnoException).code)})`)
  }
}

function plainText({
  SWITCHYARD_OIDC_ISSUER: url,
  SWITCHYARD_PRIVATE_WEBHOOKS: targets,
}: Given): FieldError[] {
  if (url?.protocol !== 'http:' || (isThisMachine(url.hostname) && targets.loopback)) return []
  const message = isThisMachine(url.hostname)
    ? 'an https:// URL, or SWITCHYARD_PRIVATE_WEBHOOKS=on for one of this machine'
    : 'an https:// URL: it tells who people are'
  return [{ path: 'SWITCHYARD_OIDC_ISSUER', message }]
}
