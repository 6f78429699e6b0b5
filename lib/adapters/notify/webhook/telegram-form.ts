import { parseTemplate, renderTemplate } from '#lib/domain/alerts/template.ts'
import { cut } from '#lib/domain/alerts/template-values.ts'
import { type Form, JSON_TYPE } from './form.ts'

/** The longest text of a message. */
const MAX_LENGTH = 4_096

const TEXT = parseTemplate(
  '{{title}}\n\n{{text}}{{#alerts}}\n\n{{alerts}}{{/alerts}}{{#link}}\n\n{{link}}{{/link}}',
)

/**
 * The body of the Bot API's `sendMessage`. Without a parse mode: then nothing in a name is markup, and nothing that
 * looks like broken markup makes Telegram refuse the message.
 */
export const telegramForm: Form = ({ values, settings }) => {
  const text = TEXT.template === null ? '' : renderTemplate(TEXT.template, values, 'text')
  return {
    headers: JSON_TYPE,
    body: JSON.stringify({
      chat_id: settings.chatId,
      text: cut(text, MAX_LENGTH),
      link_preview_options: { is_disabled: true },
    }),
  }
}
