import { describe, expect, it } from 'vitest'
import {
  answers,
  DONE,
  FINISH,
  hangs,
  resets,
  says,
  startFaultyUpstream,
  streams,
  streamSays,
  token,
} from './testing/faulty-upstream.fixture.ts'
import { arrive, ask, CHAT, type Got, stageGateway } from './testing/stage-gateway.fixture.ts'

type Stage = Awaited<ReturnType<typeof stageGateway>>

const codeOf = ({ text }: Got) => (JSON.parse(text) as { error: { code: string } }).error.code
const attemptsOf = (stage: Stage) =>
  (stage.decided()?.decision.attempts ?? []).map(
    ({ providerId, class: outcome }) => `${providerId} ${outcome}`,
  )

const STREAM = ask({ stream: true })

describe('a client that goes away', () => {
  it('before an answer has its provider’s call ended at once, and nobody blamed', async () => {
    const stage = await stageGateway()
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, ask())
    await stage.upstream().hears(1)
    const hungUp = stage.upstream().isHungUp()
    expect(stage.entry('acme').calls).toBe(1)
    sent.leave()
    await hungUp
    expect(stage.entry('acme').calls).toBe(0)
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
    expect(stage.circuits().model).toMatchObject({ state: 'closed', consecutiveFailures: 0 })
    expect(stage.gateway.open()).toBe(0)
  })

  it('within a stream has it ended at once', async () => {
    const stage = await stageGateway()
    stage.upstream().does(streams((response) => void response.write(token('hello'))))
    const sent = stage.begin(CHAT, STREAM)
    await sent.until('hello')
    const hungUp = stage.upstream().isHungUp()
    sent.leave()
    await hungUp
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
  })

  it('when all has been said has been served well', async () => {
    const stage = await stageGateway()
    stage.upstream().does(streams((response) => void response.write(`${token('hello')}${DONE}`)))
    const sent = stage.begin(CHAT, STREAM)
    await sent.until('[DONE]')
    const hungUp = stage.upstream().isHungUp()
    sent.leave()
    await hungUp
    expect(attemptsOf(stage)).toEqual(['acme ok'])
  })

  it('does not have its request tried elsewhere', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does(hangs)
    const sent = stage.begin(CHAT, STREAM)
    await stage.upstream('acme').hears(1)
    sent.leave()
    await arrive()
    expect(stage.upstream('blue').heard).toHaveLength(0)
    expect(stage.decided()?.failed).toBe(false)
  })

  it('frees the trial slot of a half-open circuit', async () => {
    const stage = await stageGateway()
    stage
      .upstream()
      .does(answers(500, {}), answers(500, {}), answers(500, {}), answers(500, {}), answers(500, {}), hangs)
    for (let count = 0; count < 5; count += 1) await stage.send(CHAT, ask())
    const retryAt = stage.circuits().model?.retryAt ?? 0
    await stage.passTime(retryAt - stage.engine.clock.now())
    const sent = stage.begin(CHAT, ask())
    await stage.upstream().hears(6)
    expect(stage.circuits().model).toMatchObject({ state: 'half_open', leases: [{}] })
    sent.leave()
    await arrive()
    expect(stage.circuits().model).toMatchObject({ state: 'half_open', leases: [] })
  })
})

describe('a client’s own deadline', () => {
  it.each<[headers: Record<string, string>]>([
    [{ 'x-switchyard-timeout': '5s' }],
    [{ 'x-switchyard-timeout': '5000' }],
    [{ 'x-stainless-timeout': '5' }],
  ])('%o ends the request and blames nobody', async (headers) => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does(hangs)
    const sent = stage.begin(CHAT, ask(), headers)
    await stage.upstream('acme').hears(1)
    await stage.passTime(4_999)
    expect(stage.entry('acme').calls).toBe(1)
    await stage.passTime(1)
    const got = await sent.answer
    expect(got.status).toBe(504)
    expect(codeOf(got)).toBe('client_deadline')
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
    expect(stage.circuits('acme').model).toMatchObject({ consecutiveFailures: 0 })
    expect(stage.upstream('blue').heard).toHaveLength(0)
  })

  it('that is over lets no other provider be tried, though nobody has looked yet', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    const opened = Promise.withResolvers<() => void>()
    stage.upstream('acme').does((response) => opened.resolve(() => void response.writeHead(500).end()))
    const sent = stage.begin(CHAT, ask(), { 'x-switchyard-timeout': '5s' })
    const answer = await opened.promise
    stage.pass(5_000)
    answer()
    expect((await sent.answer).status).toBe(502)
    expect(attemptsOf(stage)).toEqual(['acme provider_error'])
    expect(stage.upstream('blue').heard).toHaveLength(0)
  })

  it('longer than ours changes nothing', async () => {
    const stage = await stageGateway({ limits: { requestMs: 10_000 } })
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, ask(), { 'x-stainless-timeout': '600' })
    await stage.upstream().hears(1)
    await stage.passTime(10_000)
    expect(codeOf(await sent.answer)).toBe('request_timeout')
    expect(attemptsOf(stage)).toEqual(['acme provider_error'])
  })
})

describe('an upload', () => {
  it('takes no permit before it is there', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const sent = stage.begin(CHAT, undefined)
    sent.request.write('{"model":"gpt-4o",')
    await arrive()
    expect(stage.entry('acme').calls).toBe(0)
    sent.request.end('"messages":[]}')
    expect((await sent.answer).status).toBe(200)
  })

  it('that stands still is given up', async () => {
    const stage = await stageGateway()
    const sent = stage.begin(CHAT, undefined)
    sent.request.write('{"model":')
    await stage.passTime(14_999)
    sent.request.write('"gpt-4o",')
    await stage.passTime(14_999)
    expect(stage.gateway.open()).toBe(1)
    await stage.passTime(1)
    const got = await sent.answer
    expect(got).toMatchObject({ status: 408, headers: { connection: 'close' } })
    expect(codeOf(got)).toBe('upload_timeout')
    await arrive()
    expect(stage.gateway.open()).toBe(0)
    expect(stage.upstream().heard).toHaveLength(0)
  })

  it('that drips for ever is given up', async () => {
    const stage = await stageGateway()
    const sent = stage.begin(CHAT, undefined)
    sent.request.write('{"model":"')
    for (let second = 0; second < 300; second += 10) {
      sent.request.write('x')
      await stage.passTime(10_000)
    }
    expect((await sent.answer).status).toBe(408)
  })

  const filler = (bytes: number) => `{"messages":["${'x'.repeat(bytes)}"],"model":"gpt-4o"}`

  it('of up to 10 MB can be sent again', async () => {
    const stage = await stageGateway({ providers: ['acme', 'blue'] })
    stage.upstream('acme').does(answers(500, {}))
    stage.upstream('blue').does(says('hello'))
    const body = filler(10_000_000)
    const got = await stage.send(CHAT, body)
    expect(got).toMatchObject({ status: 200, headers: { 'x-switchyard-attempts': '2' } })
    expect(got.headers).not.toHaveProperty('x-switchyard-retry')
    expect(stage.upstream('blue').heard[0]?.body === body).toBe(true)
  })

  it('above 10 MB arrives whole, with its alias and its length, and is not sent again: the answer says so', async () => {
    const stage = await stageGateway({
      providers: ['acme', 'blue'],
      route: {
        members: ['acme', 'blue'].map((providerId) => ({
          providerId,
          model: 'gpt-4o-long-name',
          weight: null,
          priority: null,
        })),
      },
    })
    stage.upstream('acme').does(answers(500, { error: { message: 'boom' } }))
    const body = filler(12_000_000)
    const got = await stage.send(CHAT, body)
    expect(got).toMatchObject({
      status: 500,
      headers: { 'x-switchyard-attempts': '1', 'x-switchyard-retry': 'off, body over 10 MB' },
    })
    const [heard] = stage.upstream('acme').heard
    const wanted = body.replace('"gpt-4o"', '"gpt-4o-long-name"')
    expect(heard?.body === wanted).toBe(true)
    expect(heard?.headers['content-length']).toBe(String(wanted.length))
    expect(stage.upstream('blue').heard).toHaveLength(0)
  })

  it('above 10 MB whose model comes first is sent on while it arrives', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const sent = stage.begin(CHAT, undefined)
    const part = 'x'.repeat(6_000_000)
    sent.request.write(`{"model":"gpt-4o","messages":["${part}`)
    sent.request.write(part)
    while (stage.entry('acme').calls === 0) await arrive()
    sent.request.end(`${part}"]}`)
    expect((await sent.answer).status).toBe(200)
    expect(stage.upstream().heard[0]?.body).toHaveLength(18_000_034)
  })

  it('above 10 MB that stands still frees its permit, and blames nobody', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    await stage.passTime(0)
    await stage.passTime(15_000)
    const got = await sent.answer
    expect(got.status).toBe(408)
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
  })

  it('above 10 MB that is slow but moves is the client’s time, not the provider’s', async () => {
    const stage = await stageGateway()
    stage.upstream().does(streamSays('hello'))
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","stream":true,"messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    for (let second = 0; second < 60; second += 10) {
      sent.request.write('x')
      await stage.passTime(0)
      await stage.passTime(10_000)
    }
    expect(stage.entry('acme').calls).toBe(1)
    sent.request.end('"]}')
    expect((await sent.answer).text).toContain('hello')
    expect(attemptsOf(stage)).toEqual(['acme ok'])
  })

  it('above 10 MB that moves for ever is given up, and blames nobody', async () => {
    const stage = await stageGateway()
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","stream":true,"messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    for (let second = 0; second < 300; second += 10) {
      sent.request.write('x')
      await stage.passTime(0)
      await stage.passTime(10_000)
    }
    const got = await sent.answer
    expect(got.status).toBe(408)
    expect(codeOf(got)).toBe('upload_timeout')
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
    expect(stage.circuits().model).toMatchObject({ consecutiveFailures: 0 })
  })

  it('above 10 MB for which the request’s time is too short blames nobody', async () => {
    const stage = await stageGateway({ limits: { requestMs: 12_000 } })
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    await stage.passTime(0)
    await stage.passTime(12_000)
    expect((await sent.answer).status).toBe(408)
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
  })

  it('above 10 MB has the provider’s time counted from its end', async () => {
    const stage = await stageGateway()
    stage.upstream().does(hangs)
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","stream":true,"messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    await stage.passTime(10_000)
    sent.request.end('"]}')
    await stage.upstream().hears(1)
    await stage.passTime(29_999)
    expect(stage.entry('acme').calls).toBe(1)
    await stage.passTime(1)
    expect((await sent.answer).status).toBe(502)
    expect(attemptsOf(stage)).toEqual(['acme provider_error'])
    expect(stage.circuits().model).toMatchObject({ consecutiveFailures: 1 })
  })

  it('above 10 MB that its client breaks off blames nobody', async () => {
    const stage = await stageGateway()
    stage.upstream().does(says('hello'))
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","messages":["${'x'.repeat(11_000_000)}`)
    while (stage.entry('acme').calls === 0) await arrive()
    sent.leave()
    while (stage.entry('acme').calls > 0) await arrive()
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
  })

  it('whose model does not come is refused, before it fills the memory', async () => {
    const stage = await stageGateway({ limits: { searchBytes: 11_000_000 } })
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"messages":["${'x'.repeat(12_000_000)}`)
    const got = await sent.answer
    expect(got.status).toBe(413)
    expect(codeOf(got)).toBe('body_too_large')
  })

  it('that the provider answers before it has all of it is answered', async () => {
    const stage = await stageGateway()
    const early = await startFaultyUpstream({ early: true })
    stage.entry('acme').provider = { ...stage.entry('acme').provider, baseUrl: early.url }
    early.does(answers(413, { error: { message: 'too large' } }, { connection: 'close' }))
    const sent = stage.begin(CHAT, undefined)
    sent.request.write(`{"model":"gpt-4o","messages":["${'x'.repeat(11_000_000)}`)
    const got = await sent.answer
    expect(got).toMatchObject({ status: 413 })
    expect(got.text).toContain('too large')
    expect(attemptsOf(stage)).toEqual(['acme client_error'])
  })
})

describe('a client that does not read', () => {
  const pieces = 400
  const piece = token('x'.repeat(65_536))

  it('holds the provider back, and is dropped after a while, blaming nobody', async () => {
    const stage = await stageGateway()
    let written = 0
    stage.upstream().does(
      streams((response) => {
        const next = () => {
          while (written < pieces) {
            written += 1
            if (!response.write(piece)) return void response.once('drain', next)
          }
          response.end(`${FINISH}${DONE}`)
        }
        next()
      }),
    )
    const sent = stage.begin(CHAT, STREAM)
    const response = await sent.response
    response.pause()
    let before = -1
    while (before !== written) {
      before = written
      for (let count = 0; count < 20; count += 1) await arrive()
    }
    // 26 MB were to be sent; what is on its way fits into the buffers of a few sockets.
    expect(written).toBeLessThan(pieces / 2)
    expect(stage.entry('acme').calls).toBe(1)
    await stage.passTime(59_999)
    expect(stage.entry('acme').calls).toBe(1)
    await stage.passTime(1)
    expect(stage.entry('acme').calls).toBe(0)
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
    response.resume()
    expect(await sent.answer).toMatchObject({ isWhole: false })
  })

  it('until the request’s time is over is dropped, blaming nobody', async () => {
    const stage = await stageGateway({ limits: { requestMs: 40_000 } })
    stage.upstream().does(
      streams((response) => {
        for (let count = 0; count < pieces; count += 1) response.write(piece)
      }),
    )
    const sent = stage.begin(CHAT, STREAM)
    const response = await sent.response
    response.pause()
    await stage.passTime(0)
    for (let count = 0; count < 40; count += 1) await arrive()
    await stage.passTime(40_000)
    expect(attemptsOf(stage)).toEqual(['acme cancelled'])
    expect(stage.circuits().model).toMatchObject({ consecutiveFailures: 0 })
    response.resume()
    expect(await sent.answer).toMatchObject({ isWhole: false })
  })

  it('for a while gets everything all the same; its pause is not the provider’s', async () => {
    const stage = await stageGateway()
    stage.upstream().does(
      streams((response) => {
        for (let count = 0; count < pieces; count += 1) response.write(piece)
        response.end(`${FINISH}${DONE}`)
      }),
    )
    const sent = stage.begin(CHAT, STREAM)
    const response = await sent.response
    response.pause()
    await stage.passTime(0)
    await stage.passTime(45_000)
    response.resume()
    const got = await sent.answer
    expect(got).toMatchObject({ isWhole: true })
    expect(got.text).toHaveLength(piece.length * pieces + FINISH.length + DONE.length)
    expect(attemptsOf(stage)).toEqual(['acme ok'])
  })
})

describe('a stop', () => {
  const later = () => Promise.withResolvers<undefined>()

  it('is over at once where nothing is under way', async () => {
    const stage = await stageGateway()
    await stage.gateway.drain(later().promise)
    const got = await stage.send(CHAT, ask())
    expect(got).toMatchObject({ status: 503, headers: { 'retry-after': '1', connection: 'close' } })
    expect(codeOf(got)).toBe('stopping')
    expect(await stage.send('/healthz', null)).toMatchObject({ status: 503, text: '{"status":"stopping"}' })
  })

  it('lets open streams finish and takes no new requests', async () => {
    const stage = await stageGateway()
    const finish = Promise.withResolvers<() => void>()
    stage.upstream().does(
      streams((response) => {
        response.write(token('hello'))
        finish.resolve(() => response.end(`${FINISH}${DONE}`))
      }),
    )
    const sent = stage.begin(CHAT, STREAM)
    await sent.until('hello')
    let isOver = false
    const drained = stage.gateway.drain(later().promise).then(() => (isOver = true))
    expect((await stage.send(CHAT, ask())).status).toBe(503)
    expect(isOver).toBe(false)
    const end = await finish.promise
    end()
    expect(await sent.answer).toMatchObject({ isWhole: true })
    await drained
    expect(attemptsOf(stage)).toEqual(['acme ok'])
  })

  it('cuts off what takes too long, with an error in the API’s shape, blaming nobody', async () => {
    const stage = await stageGateway({
      providers: ['acme', 'blue'],
      route: { strategy: { type: 'load-balance', algorithm: 'round-robin' } },
    })
    stage.upstream('acme').does(streams((response) => void response.write(token('hello'))))
    stage.upstream('blue').does(hangs)
    const stream = stage.begin(CHAT, STREAM)
    await stream.until('hello')
    const waiting = stage.begin(CHAT, ask())
    await stage.upstream('blue').hears(1)
    const uploading = stage.begin(CHAT, undefined)
    uploading.request.write('{"model":')
    await arrive()
    const timeIsUp = later()
    const drained = stage.gateway.drain(timeIsUp.promise)
    timeIsUp.resolve(undefined)
    await drained
    expect((await stream.answer).text).toContain('stream_cut')
    expect(codeOf(await waiting.answer)).toBe('stopping')
    expect(codeOf(await uploading.answer)).toBe('stopping')
    const classes = stage.engine.routing.log
      .held()
      .flatMap(({ decision }) => decision.attempts.map((one) => one.class))
    expect(classes).toEqual(['cancelled', 'cancelled'])
  })
})

describe('many at once', () => {
  it('give every permit back, whatever becomes of them', async () => {
    const stage = await stageGateway({
      providers: ['acme', 'blue'],
      route: { strategy: { type: 'load-balance', algorithm: 'least-busy' } },
    })
    stage
      .upstream('acme')
      .does(
        ...Array.from(
          { length: 60 },
          (_, index) =>
            [says('a'), resets, streamSays('b'), answers(429, {}, { 'retry-after-ms': '1' })][index % 4]!,
        ),
      )
    stage
      .upstream('blue')
      .does(
        ...Array.from(
          { length: 60 },
          (_, index) => [streamSays('c'), answers(500, {}), says('d')][index % 3]!,
        ),
      )
    const all = Array.from({ length: 80 }, async (_, index) => {
      const sent = stage.begin(CHAT, index % 2 === 0 ? ask() : STREAM)
      if (index % 7 === 0) {
        await arrive()
        sent.leave()
        return null
      }
      return sent.answer
    })
    const answered = (await Promise.all(all)).filter((got) => got !== null)
    await arrive()
    expect(answered.every(({ status }) => [200, 429, 500, 502, 503].includes(status))).toBe(true)
    expect(stage.gateway.open()).toBe(0)
    expect(stage.entry('acme').calls + stage.entry('blue').calls).toBe(0)
  })
})
