import { once } from 'node:events'
import net from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Behaviour, hangs, says, streams, token } from './testing/faulty-upstream.fixture.ts'
import { arrive, ask, CHAT, stageGateway } from './testing/stage-gateway.fixture.ts'

/** A connection of its own, on which the test writes what it likes. */
async function connect(port: number) {
  const socket = net.connect(port, '127.0.0.1')
  let text = ''
  const watchers: (() => void)[] = []
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    for (const watch of watchers.splice(0)) watch()
  })
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  return {
    write: (bytes: string) => socket.write(bytes),
    text: () => text,
    until: async (wanted: string) => {
      while (!text.includes(wanted)) await new Promise<void>((resolve) => watchers.push(resolve))
    },
    isClosed: async () => {
      if (!socket.closed) await once(socket, 'close')
      return text
    },
  }
}

type Post = { body?: object; target?: string; host?: string | null; more?: string[] }

/** A request as its bytes, in two parts: the head and the body. */
function post({ body = ask(), target = CHAT, host = 'localhost', more = [] }: Post = {}): [string, string] {
  const text = JSON.stringify(body)
  const head = [
    `POST ${target} HTTP/1.1`,
    ...(host === null ? [] : [`host: ${host}`]),
    'content-type: application/json',
    `content-length: ${text.length}`,
    ...more,
  ]
  return [`${head.join('\r\n')}\r\n\r\n`, text]
}

const CLOSE = ['connection: close']

describe('a request written as to a proxy', () => {
  it('is served at the path of its URL', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const client = await connect(stage.port)
    client.write(post({ target: `http://localhost:8787${CHAT}?beta=true`, more: CLOSE }).join(''))
    expect(await client.isClosed()).toContain('HTTP/1.1 200 OK')
    expect(stage.upstream().heard[0]?.path).toBe(`${CHAT}?beta=true`)
  })

  it.each([
    ['http://evil.example', [], 'unknown_host'],
    ['http://localhost', ['origin: http://127.0.0.1:8787'], 'foreign_origin'],
  ])('is judged by the host that its URL names: %s', async (base, more, code) => {
    const stage = await stageGateway()
    const client = await connect(stage.port)
    client.write(
      post({ target: `${base}${CHAT}`, host: '127.0.0.1:8787', more: [...CLOSE, ...more] }).join(''),
    )
    expect(await client.isClosed()).toContain(code)
    expect(stage.upstream().heard).toEqual([])
  })
})

describe('a request at the edge of HTTP', () => {
  it('that names no host is told so in its API’s shape', async () => {
    const stage = await stageGateway({ loopback: null })
    const client = await connect(stage.port)
    client.write(post({ target: '/v1/messages', host: null, more: CLOSE }).join(''))
    const text = await client.isClosed()
    expect(text).toContain('HTTP/1.1 400 Bad Request')
    expect(text).toContain('{"type":"error","error":{"type":"invalid_request_error"')
    expect(text).toContain('"code":"malformed_request"')
  })

  it.each([
    ['two hosts, one of which may be another’s', '1.1', 'localhost', ['Host: evil.example']],
    ['one host twice', '1.1', 'localhost', ['host: localhost']],
    ['two hosts in HTTP/1.0', '1.0', 'localhost', ['HOST: localhost']],
    ['a host with a space in it', '1.1', 'gateway example', []],
    ['a host with a path', '1.1', 'gateway.example/v1', []],
  ])('that names %s is told so, and reaches no provider', async (_what, version, host, more) => {
    const stage = await stageGateway({ loopback: null })
    const client = await connect(stage.port)
    const [head, body] = post({ host, more: [...more, ...CLOSE] })
    client.write(head.replace('HTTP/1.1', `HTTP/${version}`) + body)
    const text = await client.isClosed()
    expect(text).toContain('HTTP/1.1 400 Bad Request')
    expect(text).toContain('"code":"malformed_request"')
    expect(stage.upstream().heard).toEqual([])
  })

  it.each([['gateway.example'], ['gateway.example:8787'], ['10.0.0.1'], ['[2001:db8::1]:8787'], ['']])(
    'that names the host "%s" is asked for its key where any will do',
    async (host) => {
      const stage = await stageGateway({ loopback: null })
      const client = await connect(stage.port)
      client.write(post({ host, more: CLOSE }).join(''))
      expect(await client.isClosed()).toContain('"code":"client_key_missing"')
    },
  )

  it('of HTTP/1.0 needs to name no host where any will do', async () => {
    const stage = await stageGateway({ loopback: null })
    const client = await connect(stage.port)
    client.write(`POST ${CHAT} HTTP/1.0\r\n\r\n`)
    expect(await client.isClosed()).not.toContain('malformed_request')
  })

  it.each([
    ['GET', CHAT, 'POST'],
    ['OPTIONS', '/v1/messages', 'POST'],
    ['POST', '/v1/models', 'GET, HEAD'],
  ])('by a wrong method is told the right ones: %s %s', async (method, path, allowed) => {
    const stage = await stageGateway()
    const response = await fetch(`${stage.url}${path}`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allowed)
  })

  it('that expects what nobody knows is served all the same', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const client = await connect(stage.port)
    client.write(post({ more: [...CLOSE, 'expect: pudding'] }).join(''))
    expect(await client.isClosed()).toContain('HTTP/1.1 200 OK')
  })
})

describe('a client that waits before it sends its body', () => {
  const WAITS = 'expect: 100-continue'

  it('is asked for it, and served', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const client = await connect(stage.port)
    const [head, body] = post({ more: [...CLOSE, WAITS] })
    client.write(head)
    await client.until('HTTP/1.1 100 Continue\r\n\r\n')
    client.write(body)
    expect(await client.isClosed()).toContain('HTTP/1.1 200 OK')
  })

  it.each([
    ['host', { host: 'evil.example' }, '403 Forbidden'],
    ['path', { target: '/v1/chat' }, '404 Not Found'],
    ['origin', { more: ['origin: https://evil.example'] }, '403 Forbidden'],
  ])('is not asked for it where it is turned away for its %s', async (_what, wrong: Post, status) => {
    const stage = await stageGateway()
    const client = await connect(stage.port)
    client.write(post({ ...wrong, more: [...(wrong.more ?? []), WAITS] })[0])
    expect(await client.isClosed()).toMatch(new RegExp(`^HTTP/1.1 ${status}`))
  })
})

describe('a connection on which more comes', () => {
  it('than HTTP, while an answer is going out, is cut, and nothing is written into the answer', async () => {
    const stage = await stageGateway()
    stage.upstream().does(streams((response) => void response.write(token('hello'))))
    const hungUp = stage.upstream().isHungUp()
    const client = await connect(stage.port)
    client.write(post({ body: ask({ stream: true }) }).join(''))
    await client.until('hello')
    // What another client sends is no matter of this one's.
    const other = await connect(stage.port)
    other.write('nonsense\r\n\r\n')
    expect(await other.isClosed()).toContain('malformed_request')
    client.write('nonsense\r\n\r\n')
    const text = await client.isClosed()
    expect(text).not.toContain('malformed_request')
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
    await hungUp
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('cancelled')
  })

  it('than HTTP, before an answer has begun, is told so', async () => {
    const stage = await stageGateway()
    stage.upstream().does(hangs)
    const client = await connect(stage.port)
    client.write(post().join(''))
    await stage.upstream().hears(1)
    client.write('nonsense\r\n\r\n')
    expect(await client.isClosed()).toContain('malformed_request')
  })

  it('of a body whose request was turned away by a stop, reaches no provider', async () => {
    const stage = await stageGateway()
    stage.upstream().does(hangs)
    const client = await connect(stage.port)
    const [head, body] = post()
    // The second request's answer has to wait for the first one's.
    client.write(`${head}${body}${head}${body.slice(0, 10)}`)
    await stage.upstream().hears(1)
    const { promise: isUp, resolve: timeIsUp } = Promise.withResolvers<null>()
    const drained = stage.gateway.drain(isUp)
    client.write(body.slice(10))
    await arrive()
    expect(stage.upstream().heard).toHaveLength(1)
    timeIsUp(null)
    await drained
    const text = await client.isClosed()
    expect(text.match(/"code":"stopping"/g)).toHaveLength(2)
  })
})

describe('a provider whose answer tells two lengths', () => {
  it('is asked no second time over a new connection: it has heard the request', async () => {
    const stage = await stageGateway()
    const twoLengths: Behaviour = (response) => {
      const head = ['HTTP/1.1 200 OK', 'content-type: application/json', 'content-length: 5']
      response.socket?.write([...head, 'transfer-encoding: chunked', '', '2', '{}', '0', '', ''].join('\r\n'))
    }
    stage.upstream().does(says('hello'), twoLengths)
    expect(await stage.send(CHAT, ask())).toMatchObject({ status: 200 })
    const got = await stage.send(CHAT, ask())
    expect(got.status).toBe(502)
    expect(stage.upstream().heard).toHaveLength(2)
    expect(got.text).toContain('answer is not HTTP')
    expect(stage.decided()?.decision.attempts[0]?.class).toBe('provider_error')
  })
})
