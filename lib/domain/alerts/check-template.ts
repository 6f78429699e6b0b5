import { faultWords, parseTemplate, renderTemplate, type TemplateFormat } from './template.ts'
import { TEMPLATE_NAMES, type TemplateName, type TemplateValues } from './template-values.ts'

/** What a JSON template may use outside of quotes. */
const NUMBERS: ReadonlySet<TemplateName> = new Set(['colour.number', 'priority', 'alerts.count'])
/** What every notification has. */
const ALWAYS_THERE: ReadonlySet<TemplateName> = new Set([
  'id',
  'notice',
  'severity',
  'title',
  'text',
  'at',
  'colour',
  'colour.number',
  'priority',
  'emoji',
])

/** Breaks out of anything that is not quoted, and out of quotes that are not escaped. */
const AWKWARD = '"\\\n}, {{'

/**
 * Why a template cannot be used, with the place of the fault where it has one; null when it can. What is to be JSON must
 * be so whatever the values say, and whether those are there that may be missing.
 */
export function templateTrouble(source: string, format: TemplateFormat): string | null {
  const { template, fault } = parseTemplate(source)
  if (fault !== null) return faultWords(fault)
  if (format !== 'json') return null
  for (const [values, when] of [
    [samples(true), 'a text is put into it: write quotes around each value'],
    [samples(false), 'values are missing, such as the link'],
  ] as const) {
    if (!isJson(renderTemplate(template, values, format))) return `is no longer JSON when ${when}`
  }
  return null
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function samples(isComplete: boolean): TemplateValues {
  const entries = TEMPLATE_NAMES.map((name) => {
    const isThere = isComplete || ALWAYS_THERE.has(name)
    return [name, !isThere ? null : NUMBERS.has(name) ? '1' : AWKWARD]
  })
  // Made of every name there is.
  return Object.fromEntries(entries) as Record<TemplateName, string | null>
}
