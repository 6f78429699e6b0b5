import { describe, expect, it, onTestFinished } from 'vitest'
import { notificationWith } from '#lib/domain/alerts/notification.fixture.ts'
import { INSIDE_TOO, OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import { json, serve, serveRaw } from '../http/testing/local-server.ts'
import { rebindingDns } from '../http/testing/rebinding-dns.ts'
import { notifier, NOW, opened } from './channels.fixture.ts'
import { createNotifier } from './notifier.ts'

const hook = (url: string) => opened('webhook', { url: `${url}/hook/planted-path` })

describe('a delivery by HTTP', () => {
  it.each([200, 202, 204])('is made by a %i', async (status) => {
    const server = await serve((response) => response.writeHead(status).end(status === 204 ? '' : 'thanks'))
    expect(await notifier().send(hook(server.url))).toEqual({
      outcome: 'delivered',
      status,
      answer: status === 204 ? '' : 'thanks',
      retryAfterMs: null,
      detail: `127.0.0.1:${server.port} took it.`,
    })
  })

  it.each([
    [408, 'retry'],
    [425, 'retry'],
    [429, 'retry'],
    [500, 'retry'],
    [503, 'retry'],
    [599, 'retry'],
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [410, 'refused'],
    [422, 'refused'],
  ] as const)('that is answered %i is for %s', async (status, outcome) => {
    const server = await serve(json({ error: 'no' }, status))
    const delivery = await notifier().send(hook(server.url))
    expect(delivery).toMatchObject({ outcome, status, answer: '{"error":"no"}', retryAfterMs: null })
    expect(delivery.detail).toContain(`answered ${status === 599 ? 'status 599' : status}`)
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['30', 30_000],
    ['Sat, 28 Nov 2026 10:01:05 GMT', 60_000],
    ['86400', 3_600_000],
    ['soon', null],
  ])('hears the wish to be left alone: %s', async (wish, retryAfterMs) => {
    const server = await serve(json({}, 429, { 'retry-after': wish }))
    expect(await notifier().send(hook(server.url))).toMatchObject({ outcome: 'retry', retryAfterMs })
  })

  it('waits for no answer longer than it may', async () => {
    const server = await serve(() => undefined)
    expect(await notifier({ httpMs: 150 }).send(hook(server.url))).toEqual({
      outcome: 'retry',
      status: null,
      answer: '',
      retryAfterMs: null,
      detail: `127.0.0.1:${server.port} did not answer within 150 ms.`,
    })
  })

  it('counts as made when the status was good and the rest never came', async () => {
    const server = await serve((response) => response.writeHead(200).write('begun'))
    expect(await notifier({ httpMs: 300 }).send(hook(server.url))).toMatchObject({
      outcome: 'delivered',
      answer: 'begun',
    })
  })

  it('is ended when its signal is', async () => {
    const ending = new AbortController()
    const server = await serve(() => ending.abort())
    expect(await notifier().send(hook(server.url), undefined, ending.signal)).toMatchObject({
      outcome: 'retry',
      status: null,
      detail: expect.stringMatching(/^The attempt was ended/) as string,
    })
  })

  it('is for another time when the connection breaks, or there is none', async () => {
    const broken = await serveRaw((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await notifier().send(hook(broken.url))).toMatchObject({ outcome: 'retry', status: null })
    await broken.stop()
    expect(await notifier().send(hook(broken.url))).toMatchObject({
      outcome: 'retry',
      detail: `No answer from 127.0.0.1:${broken.port}: connect refused.`,
    })
  })

  it('reads no more of an answer than it must, and keeps less', async () => {
    const server = await serve((response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
        response.once('drain', more)
      }
      response.writeHead(200)
      more()
    })
    const closed = server.closed()
    const delivery = await notifier().send(hook(server.url))
    expect(delivery).toMatchObject({ outcome: 'delivered', answer: 'x'.repeat(2_000) })
    // An endless answer is hung up on.
    await closed
  })

  it('is sent to no private place by itself', async () => {
    const server = await serve(json({}))
    const refused = await notifier({ policy: OUTSIDE_ONLY }).send(hook(server.url))
    expect(refused).toMatchObject({
      outcome: 'refused',
      status: null,
      detail: `No answer from 127.0.0.1:${server.port}: refused by policy: 127.0.0.1 is loopback.`,
    })
    const dns = await rebindingDns('10.0.0.1')
    const named = notifier({ policy: OUTSIDE_ONLY, resolve: dns.resolve })
    expect(await named.send(hook('http://intranet.example'))).toMatchObject({
      outcome: 'refused',
      detail: expect.stringContaining('10.0.0.1 is private') as string,
    })
    expect(server.connections()).toBe(0)
  })

  it('is allowed inside by kind, and by nothing that is not said', async () => {
    const server = await serve(json({}))
    const made = createNotifier({ targets: { slack: INSIDE_TOO }, now: () => NOW })
    onTestFinished(() => made.close())
    const run = { attempt: 1, signal: new AbortController().signal }
    const refused = await made.deliver(hook(server.url), notificationWith(), run)
    const allowed = await made.deliver(opened('slack', { url: server.url }), notificationWith(), run)
    expect([refused.outcome, allowed.outcome]).toEqual(['refused', 'delivered'])
  })

  it.each([301, 302, 303, 307, 308])('follows no redirect, of which one is by %i', async (status) => {
    const inner = await serve(json({}))
    const server = await serve((response) => response.writeHead(status, { location: inner.url }).end())
    const delivery = await notifier().send(hook(server.url))
    expect(delivery).toMatchObject({ outcome: 'refused', status })
    expect(delivery.detail).toContain('redirects are not followed')
    expect(inner.connections()).toBe(0)
  })

  it.each([
    ['no address', {}, 'The address is not set.'],
    ['what is no address', { url: 'no address' }, 'The address is no URL.'],
    ['another protocol', { url: 'ftp://example.com/x' }, /ftp: is not http or https/],
    ['a port that is for mail', { url: 'http://127.0.0.1:25/' }, /cannot be asked of 127\.0\.0\.1:25/],
    ['two headers for one', { url: 'http://127.0.0.1:9/', authorization: 'a\r\nb: c' }, /cannot be asked/],
  ])('is for nobody to try again with %s', async (_what, secrets, detail) => {
    const delivery = await notifier().send(opened('webhook', secrets))
    expect(delivery).toMatchObject({ outcome: 'refused', status: null, answer: '' })
    expect(delivery.detail).toMatch(detail)
  })

  it('ends its connections when it is closed', async () => {
    const server = await serve(json({}))
    const made = notifier()
    await made.send(hook(server.url))
    const closed = server.closed()
    await made.close()
    await closed
    expect(server.connections()).toBe(1)
  })
})
