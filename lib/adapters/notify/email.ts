import type { SMTPSentMessageInfo, SMTPTransportOptions } from 'nodemailer'
import type { Delivery } from '#lib/contract/channel.ts'
import type { OpenedOf } from '#lib/services/alerts/channel.ts'
import { redact, secretsOf } from '../http/redact.ts'
import { spanWords } from '../http/words.ts'
import type { ChannelAdapter, Ways } from './channel-adapter.ts'
import { composeMail, mailHeaders, mailOptions } from './email/compose-mail.ts'
import { mailFailure } from './email/mail-failure.ts'
import { openConnection } from './email/open-connection.ts'
import { unanswered } from './post-message.ts'

type Email = OpenedOf<'email'>

/** A mail to everybody of the list, in text and in HTML, by the SMTP server that is named. */
export const email: ChannelAdapter<'email'> = {
  deliver: async (channel, { notification, signal: ended }, ways) => {
    const { host } = channel.settings
    const tooLate = AbortSignal.timeout(ways.mailMs)
    const signal = AbortSignal.any([ended, tooLate])
    try {
      const info = await send(channel, composeMail(notification, channel.settings), { ways, signal })
      return accepted(info, host, redactor(channel))
    } catch (error) {
      if (tooLate.aborted)
        return unanswered('retry', `${host} did not take it within ${spanWords(ways.mailMs)}.`)
      if (ended.aborted) return unanswered('retry', `The attempt was ended before ${host} took it.`)
      return mailFailure(error, host, redactor(channel))
    }
  },
  preview: ({ settings }, notification) => {
    const mail = composeMail(notification, settings)
    const headers = {
      From: `${mail.from.name} <${mail.from.address}>`,
      To: mail.to.join(', '),
      Subject: mail.subject,
      Date: new Date(mail.at).toUTCString(),
      ...mailHeaders(mail),
    }
    const scheme = settings.tls === 'implicit' ? 'smtps' : 'smtp'
    const url = `${scheme}://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${settings.port}`
    return { request: { method: 'SMTP', url, headers, body: mail.text, html: mail.html }, detail: null }
  },
}

async function send(
  channel: Email,
  mail: ReturnType<typeof composeMail>,
  { ways, signal }: { ways: Ways; signal: AbortSignal },
): Promise<SMTPSentMessageInfo> {
  const { host, port } = channel.settings
  // Some 25 MB that only those who send mail shall carry.
  const { createTransport } = await import('nodemailer')
  const connection = await openConnection(host, port, { guard: ways.guard, signal })
  try {
    return await createTransport({ ...transportOptions(channel), connection }).sendMail(mailOptions(mail))
  } catch (error) {
    // After a good mail nodemailer ends it by itself, and the server may say what it still has to say.
    connection.destroy()
    throw error
  }
}

function transportOptions({ settings, secrets }: Email): SMTPTransportOptions {
  const { host, port, tls, user } = settings
  return {
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    // Over a connection in the clear no password goes out, whatever the stored settings say.
    ...(user !== null && secrets.password !== null && tls !== 'none'
      ? { auth: { user, pass: secrets.password } }
      : {}),
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Whoever was refused alone is named; to write to all again would write twice to the others. */
function accepted(info: SMTPSentMessageInfo, host: string, redacted: (text: string) => string): Delivery {
  const refused = info.rejected
  return {
    outcome: 'delivered',
    status: Number(/^\d{3}/.exec(info.response)?.[0] ?? 250),
    answer: redacted(info.response).slice(0, 2_000),
    retryAfterMs: null,
    detail: refused.length === 0 ? `${host} took it.` : `${host} took it, but not for ${refused.join(', ')}.`,
  }
}

/** Hides the password, also as AUTH PLAIN (RFC 4616) carries it. */
function redactor({ settings, secrets }: Email): (text: string) => string {
  const { password } = secrets
  if (password === null) return (text) => text
  const plain = Buffer.from(`\0${settings.user ?? ''}\0${password}`).toString('base64')
  const hidden = [...secretsOf(password, {}), plain]
  return (text) => redact(text, hidden)
}
