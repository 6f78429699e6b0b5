import { isJson } from '#lib/domain/alerts/check-template.ts'
import { parseTemplate, renderTemplate } from '#lib/domain/alerts/template.ts'
import type { Filled, FormInput } from './form.ts'

/** What its owner has written; null when that is no template, or what it makes of this notification is not JSON. */
export function customForm({ values, settings }: FormInput): Filled | null {
  const { template } = parseTemplate(settings.template ?? '')
  if (template === null) return null
  const isForJson = settings.contentType === 'application/json'
  const body = renderTemplate(template, values, isForJson ? 'json' : 'text')
  if (isForJson && !isJson(body)) return null
  const type = isForJson ? 'application/json' : 'text/plain; charset=utf-8'
  return { headers: { 'content-type': type }, body }
}
