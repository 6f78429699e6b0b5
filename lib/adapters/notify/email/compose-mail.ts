import type { SendMailOptions } from 'nodemailer'
import type { ChannelSettings } from '#lib/contract/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { parseTemplate, renderTemplate, type TemplateFormat } from '#lib/domain/alerts/template.ts'
import { cut, templateValues, type TemplateValues } from '#lib/domain/alerts/template-values.ts'

/** A mail before it is encoded. */
export type ComposedMail = {
  from: { name: string; address: string }
  to: string[]
  subject: string
  text: string
  html: string
  messageId: string
  /** The mail that all of an incident answer, so that they stand together; null when it is about no incident. */
  thread: string | null
  at: number
}

const TEXT = `{{title}}

{{text}}{{#alerts}}

{{alerts}}{{/alerts}}

Severity: {{severity}}{{#incident.since}}
Since: {{incident.since}}{{/incident.since}}{{#incident.until}}
Until: {{incident.until}}{{/incident.until}}{{#incident.by}}
Acknowledged by: {{incident.by}}{{/incident.by}}{{#runbook}}
Runbook: {{runbook}}{{/runbook}}{{#link}}
Open in Switchyard: {{link}}{{/link}}
`

const HTML = `<!doctype html>
<html lang="en">
<body style="font-family: sans-serif; max-width: 40em">
<h1 style="font-size: 1.2em; border-left: 6px solid {{colour}}; padding-left: 0.6em">{{title}}</h1>
<p>{{text}}</p>{{#alerts}}
<p style="white-space: pre-line">{{alerts}}</p>{{/alerts}}
<p>Severity: {{severity}}{{#incident.since}}<br>Since: {{incident.since}}{{/incident.since}}{{#incident.until}}<br>Until: {{incident.until}}{{/incident.until}}{{#incident.by}}<br>Acknowledged by: {{incident.by}}{{/incident.by}}</p>{{#runbook}}
<p><a href="{{runbook}}">Runbook</a></p>{{/runbook}}{{#link}}
<p><a href="{{link}}">Open in Switchyard</a></p>{{/link}}
</body>
</html>
`

/** What a mail to these recipients says. The same for every attempt. */
export function composeMail(notification: Notification, settings: ChannelSettings<'email'>): ComposedMail {
  const values = templateValues(notification)
  const { id, incident, severity, notice, title, at } = notification
  const domain = settings.from.slice(settings.from.lastIndexOf('@') + 1)
  const tag = notice === 'resolved' ? 'resolved' : severity
  return {
    from: { name: 'Switchyard', address: settings.from },
    to: settings.to,
    subject: cut(`[${tag}] ${title}`.replace(/[\s\p{Cc}]+/gu, ' '), 200),
    text: filled(TEXT, values, 'text'),
    html: filled(HTML, values, 'html'),
    messageId: `<${idPart(id)}@${domain}>`,
    thread: incident === null ? null : `<incident.${idPart(incident.id)}@${domain}>`,
    at,
  }
}

/** The mail's header fields by which it is told apart and put in its place. */
export const mailHeaders = ({ messageId, thread }: ComposedMail): Record<string, string> => ({
  'Message-ID': messageId,
  ...(thread === null ? {} : { 'In-Reply-To': thread, References: thread }),
  // RFC 3834: no out-of-office notice is to answer it.
  'Auto-Submitted': 'auto-generated',
})

/** The mail as nodemailer takes it. Nothing in it may name a file or an address to be read. */
export function mailOptions(mail: ComposedMail): SendMailOptions {
  const { from, to, subject, text, html, messageId, thread, at } = mail
  return {
    from,
    to,
    subject,
    text,
    html,
    messageId,
    date: new Date(at),
    ...(thread === null ? {} : { inReplyTo: thread, references: thread }),
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function filled(source: string, values: TemplateValues, format: TemplateFormat): string {
  const { template, fault } = parseTemplate(source)
  // It is ours, and a test renders it.
  if (template === null) throw new Error(fault.message)
  return renderTemplate(template, values, format)
}

/** An id as the left side of a Message-ID (RFC 5322, 3.6.4): what is no letter, digit, `-` or `_` as its code. */
const idPart = (id: string): string =>
  id.replace(/[^\w-]/g, (character) => `=${character.charCodeAt(0).toString(16)}`)
