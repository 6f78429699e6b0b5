import type { ChannelSettings } from '#lib/contract/channel.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { parseTemplate, renderTemplate, type TemplateFormat } from '#lib/domain/alerts/template.ts'
import type { TemplateValues } from '#lib/domain/alerts/template-values.ts'

/** What a form makes of a notification. */
export type Filled = { headers: Readonly<Record<string, string>>; body: string }

/** What a form may look at. */
export type FormInput = {
  notification: Notification
  values: TemplateValues
  settings: ChannelSettings<'webhook'>
}

/** The body that one kind of receiver reads. */
export type Form = (input: FormInput) => Filled

export const JSON_TYPE = { 'content-type': 'application/json' } as const

/** A form that is a template of ours. Throws at once when the template is wrong: it is part of the program. */
export function templateForm(source: string, format: TemplateFormat, headers: Filled['headers']): Form {
  const { template, fault } = parseTemplate(source)
  if (fault !== null) throw new Error(`line ${fault.line}, column ${fault.column}: ${fault.message}`)
  return ({ values }) => ({ headers, body: renderTemplate(template, values, format) })
}
