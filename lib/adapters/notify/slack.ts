import { colourOf, templateValues } from '#lib/domain/alerts/template-values.ts'
import { cannotSend, toSend } from './channel-adapter.ts'
import { httpChannel } from './http-channel.ts'

/** A message of an incoming webhook: the title as its text, the rest as blocks beside a bar in the severity's colour. */
export const slack = httpChannel<'slack'>(({ secrets }, notification) => {
  if (secrets.url === null) return cannotSend('The address is not set.')
  const { title, text, alerts, link, severity, notice, ...values } = templateValues(notification)
  const facts = [severity, notice, values['incident.id'], values['incident.since']]
  const blocks = [
    plainSection(text),
    plainSection(alerts),
    context(facts.filter((fact) => fact !== null).join(' · ')),
    link === null ? null : { type: 'section', text: { type: 'mrkdwn', text: linkText(link) } },
  ].filter((block) => block !== null)
  const body = {
    text: escaped(title ?? ''),
    attachments: [{ color: colourOf(notification), fallback: title, blocks }],
    unfurl_links: false,
  }
  return toSend({
    url: secrets.url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
})

/** Plain text: in it nothing is a link, a mention or markup. Slack refuses an empty one. */
const plainSection = (text: string | null) =>
  text === null || text === '' ? null : { type: 'section', text: { type: 'plain_text', text, emoji: false } }

const context = (text: string) => ({
  type: 'context',
  elements: [{ type: 'plain_text', text, emoji: false }],
})

const linkText = (link: string) => `<${escaped(link).replaceAll('|', '%7C')}|Open in Switchyard>`

/** The three characters that begin something in Slack's markup, mentions such as `<!channel>` among it. */
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
