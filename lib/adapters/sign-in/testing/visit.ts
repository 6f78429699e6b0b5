import { REDIRECT_URI } from './start-open-id-server.ts'

/** Follows a browser from `url` through the provider's pages, with its cookies, to where it comes back to the console, whose origin is `home`. */
export async function visit(url: string, home = REDIRECT_URI.origin): Promise<URL> {
  const jar = new Map<string, string>()
  let at = new URL(url)
  while (at.origin !== home) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    if (location === null) throw new Error(`${at.pathname} answered ${answer.status}: ${await answer.text()}`)
    at = new URL(location, at)
  }
  return at
}
