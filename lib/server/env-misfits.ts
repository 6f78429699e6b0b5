import type { FieldError } from '#lib/domain/errors.ts'
import { isLoopbackHost } from './guard.ts'

type Given = Readonly<Record<string, string | undefined>>

/** What of the environment does not go together, each with the variable at which it is best put right. */
export const misfits = (given: Given): FieldError[] => [
  ...twoKeys(given),
  ...unprovenHeader(given),
  ...unsafeHost(given),
  ...twoPaths(given),
]

function twoKeys(given: Given): FieldError[] {
  const both = 'SWITCHYARD_SECRET_KEY' in given && 'SWITCHYARD_SECRET_KEY_FILE' in given
  return both ? [{ path: 'SWITCHYARD_SECRET_KEY_FILE', message: 'give the key or its file, not both' }] : []
}

/** A header that anybody could send must come from somebody who is named. */
function unprovenHeader(given: Given): FieldError[] {
  const isTold = 'SWITCHYARD_AUTH_HEADER' in given && !('SWITCHYARD_TRUSTED_PROXIES' in given)
  const message =
    'needed with SWITCHYARD_AUTH_HEADER: the addresses of the proxies that may tell who is there'
  return isTold ? [{ path: 'SWITCHYARD_TRUSTED_PROXIES', message }] : []
}

/** Who reaches the console from elsewhere must sign in, and must be told from a page that rebinds a name to us. */
function unsafeHost({
  HOST: host = '127.0.0.1',
  SWITCHYARD_AUTH,
  SWITCHYARD_PUBLIC_URL,
}: Given): FieldError[] {
  const isOff = SWITCHYARD_AUTH === 'off'
  const message =
    'only where nobody else reaches the console: with HOST and SWITCHYARD_PUBLIC_URL on loopback'
  const front = URL.parse(SWITCHYARD_PUBLIC_URL ?? '')?.hostname ?? host
  if (isOff && !(isLoopbackHost(host) && isLoopbackHost(front))) return [{ path: 'SWITCHYARD_AUTH', message }]
  if (['0.0.0.0', '::', '[::]'].includes(host) && SWITCHYARD_PUBLIC_URL === undefined)
    return [
      {
        path: 'SWITCHYARD_PUBLIC_URL',
        message: `needed with HOST=${host}: the name that browsers know the console by`,
      },
    ]
  return []
}

/** A proxy passes paths on as they are, so that browsers see the same one that the console has. */
function twoPaths(given: Given): FieldError[] {
  const { SWITCHYARD_PUBLIC_URL: url, SWITCHYARD_BASE_PATH: basePath = '' } = given
  const path = URL.parse(url ?? '')?.pathname.replace(/\/$/, '')
  const message = `its path must be SWITCHYARD_BASE_PATH, which is "${basePath}"`
  return path === undefined || path === basePath ? [] : [{ path: 'SWITCHYARD_PUBLIC_URL', message }]
}
