import type { SMTPServerOptions } from 'smtp-server'
import { describe, expect, it } from 'vitest'
import {
  alertWith,
  incidentWith,
  notificationWith,
  resolvedNotification,
} from '#lib/domain/alerts/notification.fixture.ts'
import { INSIDE_TOO, OUTSIDE_ONLY } from '#lib/domain/target-policy.ts'
import { serveRaw } from '../http/testing/local-server.ts'
import { notifier, opened } from './channels.fixture.ts'
import { MAIL_HOST, serveMail, toThisMachine } from './email/mail-server.fixture.ts'

const PASSWORD = 'planted-password'

type Part = Record<string, unknown>
const mailbox = (port: number, part: Part = {}, password?: string) =>
  opened('email', password === undefined ? {} : { password }, {
    host: MAIL_HOST,
    port,
    from: 'switchyard@example.com',
    to: ['ann@example.com', 'bob@example.com'],
    ...part,
  })

const postman = (mailMs?: number) =>
  notifier({ policy: INSIDE_TOO, resolve: toThisMachine, ...(mailMs === undefined ? {} : { mailMs }) })

const plainAuth = (user: string, password: string) => Buffer.from(`\0${user}\0${password}`).toString('base64')

const WITH_USER: SMTPServerOptions = {
  authMethods: ['PLAIN', 'LOGIN'],
  onAuth: ({ username, password }, _session, done) => {
    const [user, given] = [String(username), String(password)]
    if (given === PASSWORD) done(null, { user })
    else done(Object.assign(new Error(`no ${given} here, ${plainAuth(user, given)}`), { responseCode: 535 }))
  },
}

describe('a mail', () => {
  it('goes to everybody, in text and in HTML', async () => {
    const server = await serveMail()
    const delivery = await postman().send(mailbox(server.port))
    expect(delivery).toMatchObject({ outcome: 'delivered', status: 250, detail: `${MAIL_HOST} took it.` })
    expect(delivery.answer).toMatch(/^250 /)
    const [{ mail, isSecure, to }] = server.mails as [(typeof server.mails)[0]]
    expect(isSecure).toBe(true)
    expect(to).toEqual(['ann@example.com', 'bob@example.com'])
    expect(mail.from?.text).toBe('"Switchyard" <switchyard@example.com>')
    expect(mail.subject).toBe('[critical] OpenAI is unhealthy')
    expect(mail.date).toEqual(new Date('2026-11-28T10:00:00Z'))
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.text).toBe(`OpenAI is unhealthy

OpenAI has refused connections for 2 min. 3 routes use it.

now: OpenAI: unhealthy for 2 min: connect refused

Severity: critical
Since: 2026-11-28T09:58:00.000Z
Runbook: https://runbooks.example.com/openai
Open in Switchyard: https://switchyard.example.com/incidents/inc_01
`)
    expect(mail.html).toContain(
      '<a href="https://switchyard.example.com/incidents/inc_01">Open in Switchyard</a>',
    )
    expect(mail.html).toContain('6px solid #c0392b')
  })

  it('keeps its Message-ID at each attempt, and all mails of an incident answer the same', async () => {
    const server = await serveMail()
    const made = postman()
    for (const notification of [notificationWith(), notificationWith(), resolvedNotification()])
      await made.send(mailbox(server.port), notification)
    const [first, again, over] = server.mails.map(({ mail }) => mail)
    expect([first?.messageId, again?.messageId, over?.messageId]).toEqual([
      '<ntf_01@example.com>',
      '<ntf_01@example.com>',
      '<ntf_02@example.com>',
    ])
    const thread = { inReplyTo: '<incident.inc_01@example.com>', references: '<incident.inc_01@example.com>' }
    expect([first, again, over]).toMatchObject([thread, thread, thread])
    expect(over?.subject).toBe('[resolved] OpenAI is healthy again')
    await made.send(mailbox(server.port), notificationWith({ notice: 'test', incident: null, id: 'a b>c' }))
    expect(server.mails[3]?.mail).toMatchObject({ messageId: '<a=20b=3ec@example.com>' })
    expect(server.mails[3]?.mail.inReplyTo).toBeUndefined()
  })

  it('has no header, markup or recipient of what a name says', async () => {
    const server = await serveMail()
    const title = 'x\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script>'
    const alerts = [alertWith({ sentence: '"><img src=x>', runbookUrl: 'javascript:alert(1)' })]
    await postman().send(
      mailbox(server.port),
      notificationWith({ title, incident: incidentWith({ alerts }) }),
    )
    const [{ mail, to, raw }] = server.mails as [(typeof server.mails)[0]]
    expect(to).toEqual(['ann@example.com', 'bob@example.com'])
    expect(mail.bcc).toBeUndefined()
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^Bcc:/im)
    expect(mail.subject).toBe('[critical] x Bcc: evil@example.com <script>alert(1)</script>')
    expect(mail.html).not.toMatch(/<script|<img|javascript:/)
  })

  it('is signed in for, once the connection is safe', async () => {
    const server = await serveMail(WITH_USER)
    const delivery = await postman().send(mailbox(server.port, { user: 'me' }, PASSWORD))
    expect(delivery.outcome).toBe('delivered')
    expect(server.mails[0]).toMatchObject({ user: 'me', isSecure: true })
  })

  it('goes over TLS from the first byte where that is set, under the name of the host', async () => {
    const names: unknown[] = []
    const server = await serveMail({
      secure: true,
      ...WITH_USER,
      onSecure: (socket, _session, done) => {
        names.push('servername' in socket && socket.servername)
        done()
      },
    })
    const channel = mailbox(server.port, { tls: 'implicit', user: 'me' }, PASSWORD)
    expect((await postman().send(channel)).outcome).toBe('delivered')
    expect(names).toEqual([MAIL_HOST])
  })

  it('goes in the clear where that is set, and then without a password', async () => {
    const server = await serveMail({ ...WITH_USER, allowInsecureAuth: true })
    const channel = mailbox(server.port, { tls: 'none' }, PASSWORD)
    const settings = { ...channel.settings, user: 'me' } as typeof channel.settings
    expect((await postman().send({ ...channel, settings } as typeof channel)).outcome).toBe('delivered')
    expect(server.mails[0]).toMatchObject({ isSecure: false, user: undefined })
  })

  it.each([
    [
      'has no TLS to offer',
      { disabledCommands: ['STARTTLS'] },
      true,
      'mail.example.com offers no TLS that can be trusted.',
    ],
    [
      'has a certificate that nobody trusts',
      {},
      false,
      'No answer from mail.example.com: self-signed certificate.',
    ],
  ])('is not told to a server that %s', async (_what, options, isTrusted, detail) => {
    const server = await serveMail({ ...WITH_USER, ...options }, isTrusted)
    expect(await postman().send(mailbox(server.port, { user: 'me' }, PASSWORD))).toMatchObject({
      outcome: 'retry',
      detail,
    })
    expect(server.mails).toEqual([])
  })

  it('is given up when the password is wrong, whatever the server says of it', async () => {
    const server = await serveMail(WITH_USER)
    const delivery = await postman().send(mailbox(server.port, { user: 'me' }, 'planted-wrong'))
    expect(delivery).toMatchObject({
      outcome: 'refused',
      status: 535,
      detail: `${MAIL_HOST} answered 535 to the user or password.`,
    })
    expect(delivery.answer).toContain('535')
    expect(JSON.stringify(delivery)).not.toMatch(/planted/)
    expect(JSON.stringify(delivery)).not.toContain(plainAuth('me', 'planted-wrong').slice(0, 12))
  })

  it.each([
    [450, 'retry'],
    [421, 'retry'],
    [550, 'refused'],
    [552, 'refused'],
  ])('that is answered %i is for %s', async (responseCode, outcome) => {
    const server = await serveMail({
      onMailFrom: (_address, _session, done) => done(Object.assign(new Error('not now'), { responseCode })),
    })
    const delivery = await postman().send(mailbox(server.port))
    expect(delivery).toMatchObject({ outcome, status: responseCode })
    expect(delivery.answer).toContain('not now')
  })

  it('is not sent again to all because one is not there', async () => {
    const server = await serveMail({
      onRcptTo: ({ address }, _session, done) =>
        done(address === 'bob@example.com' ? Object.assign(new Error('who?'), { responseCode: 550 }) : null),
    })
    expect(await postman().send(mailbox(server.port))).toMatchObject({
      outcome: 'delivered',
      detail: `${MAIL_HOST} took it, but not for bob@example.com.`,
    })
    expect(server.mails[0]?.to).toEqual(['ann@example.com'])
    expect(await postman().send(mailbox(server.port, { to: ['bob@example.com'] }))).toMatchObject({
      outcome: 'refused',
      status: 550,
    })
  })

  it('is for another time when the server is silent, hangs up, or is not there', async () => {
    const silent = await serveRaw(() => undefined)
    expect(await postman(150).send(mailbox(silent.port))).toMatchObject({
      outcome: 'retry',
      status: null,
      detail: `${MAIL_HOST} did not take it within 150 ms.`,
    })
    const rude = await serveRaw((socket) => socket.end())
    expect(await postman().send(mailbox(rude.port))).toMatchObject({ outcome: 'retry', status: null })
    const resetting = await serveRaw((socket) => {
      socket.write('220 hello\r\n')
      socket.once('data', () => socket.resetAndDestroy())
    })
    expect(await postman().send(mailbox(resetting.port))).toMatchObject({ outcome: 'retry', status: null })
    await rude.stop()
    expect(await postman().send(mailbox(rude.port))).toMatchObject({
      outcome: 'retry',
      detail: `No answer from ${MAIL_HOST}: connect refused.`,
    })
  })

  it('leaves no connection behind, whether it was taken or not', async () => {
    let conversations = 0
    let closed = 0
    let tell: () => void = () => undefined
    const allClosed = new Promise<void>((resolve) => (tell = resolve))
    const server = await serveMail({
      onMailFrom: (_address, _session, done) => {
        conversations += 1
        done(conversations === 2 ? Object.assign(new Error('not now'), { responseCode: 450 }) : null)
      },
      onClose: () => {
        closed += 1
        if (closed === 2) tell()
      },
    })
    const made = postman()
    expect((await made.send(mailbox(server.port))).outcome).toBe('delivered')
    expect((await made.send(mailbox(server.port))).outcome).toBe('retry')
    await allClosed
  })

  it('is ended when its signal is, and its connection with it', async () => {
    const ending = new AbortController()
    const server = await serveRaw(() => ending.abort())
    const closed = server.closed()
    expect(await postman().send(mailbox(server.port), undefined, ending.signal)).toMatchObject({
      outcome: 'retry',
      detail: `The attempt was ended before ${MAIL_HOST} took it.`,
    })
    await closed
    expect((await postman().send(mailbox(server.port), undefined, AbortSignal.abort())).outcome).toBe('retry')
  })

  it('goes to no private place by itself, neither by address nor by name', async () => {
    const server = await serveMail()
    const careful = notifier({ policy: OUTSIDE_ONLY, resolve: toThisMachine })
    for (const host of ['127.0.0.1', MAIL_HOST, '::1'])
      expect(await careful.send(mailbox(server.port, { host }))).toMatchObject({
        outcome: 'refused',
        status: null,
        detail: expect.stringContaining('is loopback') as string,
      })
    expect(server.connections()).toBe(0)
  })

  it('is shown before it is sent as it arrives', async () => {
    const server = await serveMail(WITH_USER)
    const channel = mailbox(server.port, { user: 'me' }, PASSWORD)
    const made = postman()
    const { request } = made.preview(channel, notificationWith())
    await made.send(channel)
    const [{ mail }] = server.mails as [(typeof server.mails)[0]]
    expect(request).toMatchObject({
      method: 'SMTP',
      url: `smtp://${MAIL_HOST}:${server.port}`,
      body: mail.text,
    })
    expect(request?.html).toBe(mail.html)
    expect(request?.headers).toEqual({
      From: 'Switchyard <switchyard@example.com>',
      To: 'ann@example.com, bob@example.com',
      Subject: mail.subject,
      Date: mail.date?.toUTCString(),
      'Message-ID': mail.messageId,
      'In-Reply-To': mail.inReplyTo,
      References: mail.references,
      'Auto-Submitted': 'auto-generated',
    })
  })
})
