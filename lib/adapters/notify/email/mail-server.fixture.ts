import type { AddressInfo } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import type { Resolve } from '../../http/lookup.ts'
import { selfSigned } from '../../http/testing/self-signed.ts'

/** The only name by which the test's mail server may be called. */
export const MAIL_HOST = 'mail.example.com'

/** Leads every name to this machine. */
export const toThisMachine: Resolve = (_hostname, answer) =>
  answer(null, [{ address: '127.0.0.1', family: 4 }])

/** A mail server on loopback that ends with the test, and what it took. */
export type MailServer = {
  port: number
  mails: { raw: string; mail: ParsedMail; isSecure: boolean; user: string | undefined; to: string[] }[]
  connections: () => number
}

/** A real SMTP server. It has a certificate for `MAIL_HOST`, which this test trusts where `isTrusted`. */
export async function serveMail(options: SMTPServerOptions = {}, isTrusted = true): Promise<MailServer> {
  const { cert, key } = selfSigned([MAIL_HOST], new Date(Date.now() + 86_400_000))
  if (isTrusted) trust(cert)
  const mails: MailServer['mails'] = []
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    cert,
    key,
    onConnect: (_session, done) => {
      connections += 1
      done()
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        void simpleParser(raw).then((mail) => {
          mails.push({
            raw,
            mail,
            isSecure: session.secure,
            user: typeof session.user === 'string' ? session.user : undefined,
            to: session.envelope.rcptTo.map(({ address }) => address),
          })
          done()
        })
      })
    },
    ...options,
  })
  // A client that does not like our certificate hangs up.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { port: (server.server.address() as AddressInfo).port, mails, connections: () => connections }
}

function trust(cert: string): void {
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, cert])
  onTestFinished(() => setDefaultCACertificates(before))
}
