/** A browser as far as calls go: it keeps cookies, and says whose page it shows. */
export type TestBrowser = {
  send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  cookies: Map<string, string>
}
type Answer = { status: number; headers: Headers; body: Record<string, unknown>; setCookies: string[] }

/** A browser at `url` without any cookies. */
export function testBrowser(url: string): TestBrowser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    send: async (method, path, body, headers = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await fetch(url + path, {
        method,
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          origin: url,
          ...(cookie === '' ? {} : { cookie }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const setCookies = response.headers.getSetCookie()
      for (const line of setCookies) keep(cookies, line)
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') === true
      return {
        status: response.status,
        headers: response.headers,
        body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
        setCookies,
      }
    },
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split('; ')
  const [name = '', ...value] = pair.split('=')
  if (attributes.some((one) => /^max-age=0$/i.test(one))) cookies.delete(name)
  else cookies.set(name, value.join('='))
}
