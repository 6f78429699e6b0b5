import { createdApiKeySchema } from '#lib/contract/api-key.ts'
import { begunSecondFactorSchema } from '#lib/contract/account.ts'
import { createdClientKeySchema } from '#lib/contract/client-key.ts'
import type { Answer } from './recorded-answers.ts'

/** A secret that the console has made itself, and told in an answer to whom it is for. */
export type Told = { text: string; what: string }

type Telling = { call: RegExp; secretsOf: (body: unknown) => Told[] }

/** By which calls a secret is told, and what in their answers is one. */
const TELLING: readonly Telling[] = [
  {
    call: /^POST (?:\/.+)?\/api\/client-keys$/,
    secretsOf: (body) => {
      const { key, clientKey } = createdClientKeySchema.parse(body)
      return [{ text: tail(key, clientKey), what: 'a gateway key' }]
    },
  },
  {
    call: /^POST (?:\/.+)?\/api\/keys$/,
    secretsOf: (body) => {
      const { key, apiKey } = createdApiKeySchema.parse(body)
      return [{ text: tail(key, apiKey), what: 'an API key' }]
    },
  },
  {
    call: /^POST (?:\/.+)?\/api\/profile\/second-factor$/,
    secretsOf: (body) => {
      const { uri, recoveryCodes } = begunSecondFactorSchema.parse(body)
      const secret = new URL(uri).searchParams.get('secret') ?? uri
      return [
        { text: secret, what: 'a second factor' },
        ...recoveryCodes.map((text) => ({ text, what: 'a recovery code' })),
      ]
    },
  },
]

/** Cookies that stand for somebody; what a sign-in by an identity provider remembers is sealed instead. */
const TELLING_COOKIE = /^(?:__Secure-|__Host-)?switchyard\.(session_token|browser)=([^;]+)/
/** Shorter pieces could be found by chance. */
const FEWEST_CHARACTERS = 20

/** The secrets that an answer tells. */
export const secretsTold = (answer: Answer): Told[] => [...toldByBody(answer), ...toldByCookies(answer)]

function toldByBody({ method, url, status, body }: Answer): Told[] {
  if (status < 200 || status >= 300) return []
  const call = `${method} ${new URL(url, 'http://any').pathname}`
  const telling = TELLING.find((one) => one.call.test(call))
  return telling?.secretsOf(JSON.parse(body.toString())) ?? []
}

/** Each part of a signed cookie: it is found by the first, and proven by the second. */
const toldByCookies = ({ headers }: Answer): Told[] =>
  [headers['set-cookie']].flat().flatMap((cookie) => {
    const [, name = '', value = ''] = TELLING_COOKIE.exec(String(cookie)) ?? []
    return decodeURIComponent(value)
      .split('.')
      .filter((text) => text.length >= FEWEST_CHARACTERS)
      .map((text) => ({ text, what: `a cookie (${name})` }))
  })

/** A key without the beginning that the console goes on showing. */
const tail = (key: string, { prefix }: { prefix: string }) => key.slice(prefix.length)
