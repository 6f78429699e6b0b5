import { cut } from '#lib/domain/alerts/template-values.ts'
import type { Form } from './form.ts'

/** A longer message would become an attachment. */
const MAX_BYTES = 4_096

/** A topic's message as plain text, with what ntfy reads in headers: title, priority 1 to 5, tags, where a tap leads. */
export const ntfyForm: Form = ({ values }) => {
  const { title, text, alerts, priority, emoji } = values
  const link = values.link === null ? null : URL.parse(values.link)
  const body = [text, alerts].filter((part) => part !== null && part !== '').join('\n\n')
  return {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      title: headerText(title ?? ''),
      priority: priority ?? '3',
      tags: emoji ?? '',
      ...(link === null ? {} : { click: link.href }),
    },
    body: fitting(body === '' ? (title ?? '') : body),
  }
}

/** What is not ASCII goes as an encoded word (RFC 2047), which ntfy reads in these headers; a line break as a space. */
function headerText(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return /^[\x20-\x7e]*$/.test(line) ? line : `=?UTF-8?B?${Buffer.from(line).toString('base64')}?=`
}

function fitting(text: string): string {
  let fitted = text
  while (Buffer.byteLength(fitted) > MAX_BYTES) fitted = cut(fitted, Math.floor(fitted.length * 0.9))
  return fitted
}
