import { TEMPLATE_NAMES, type TemplateName, type TemplateValues } from './template-values.ts'

/** What a value is made harmless for: nothing, the inside of a JSON string, or HTML text and attributes. */
export type TemplateFormat = 'text' | 'json' | 'html'

/** Where a template is wrong, counted from 1, and how. */
export type TemplateFault = { line: number; column: number; message: string }

type Part =
  | { type: 'text'; text: string }
  | { type: 'value'; name: TemplateName; isMarkdown: boolean }
  | { type: 'section'; name: TemplateName; parts: readonly Part[] }

/** A template that was found to be right. */
export type Template = { parts: readonly Part[] }

/** More than anybody writes, and few enough that what is made of it stays small. */
const MAX_TAGS = 200

const TAG = /^([#/]?)\s*([A-Za-z.]+)\s*(?:\|\s*([a-z]+)\s*)?$/

class Fault extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/**
 * Reads a template: text with `{{name}}`, `{{name | markdown}}` for where the receiver reads Markdown, and
 * `{{#name}}…{{/name}}` for what is left out where the value is missing. There is nothing else: no expressions, no
 * code. A name that there is none of is a fault.
 */
export function parseTemplate(
  source: string,
): { template: Template; fault: null } | { template: null; fault: TemplateFault } {
  try {
    return { template: { parts: partsOf(source) }, fault: null }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { template: null, fault: { ...placeOf(source, error.at), message: error.message } }
  }
}

/** A fault in words: "line 2, column 5: there is no …". */
export const faultWords = ({ line, column, message }: TemplateFault): string =>
  `line ${line}, column ${column}: ${message}`

/** What the template says with these values. A missing value is an empty text. */
export function renderTemplate(template: Template, values: TemplateValues, format: TemplateFormat): string {
  const render = (part: Part): string => {
    if (part.type === 'text') return part.text
    const value = values[part.name]
    if (part.type === 'section') return value === null ? '' : part.parts.map(render).join('')
    return ESCAPES[format](part.isMarkdown ? escapeMarkdown(value ?? '') : (value ?? ''))
  }
  return template.parts.map(render).join('')
}

/** `text` as it must stand inside HTML, in quotes or out of them. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

const ESCAPES: Readonly<Record<TemplateFormat, (text: string) => string>> = {
  text: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
  html: escapeHtml,
}

/** Backslashes before what begins markup in Markdown wherever it stands (CommonMark, 2.4), and before a heading. */
const escapeMarkdown = (text: string) => text.replace(/[\\`*_[\]<>~|]|^#/gm, '\\$&')

type Open = { name: TemplateName | null; at: number; parts: Part[] }

function partsOf(source: string): Part[] {
  const outermost: Open = { name: null, at: 0, parts: [] }
  const open: Open[] = [outermost]
  const innermost = () => open.at(-1) ?? outermost
  let at = 0
  for (let tags = 0; ; tags += 1) {
    const start = source.indexOf('{{', at)
    const text = source.slice(at, start === -1 ? undefined : start)
    if (text !== '') innermost().parts.push({ type: 'text', text })
    if (start === -1) break
    if (tags === MAX_TAGS) throw new Fault(start, `more than ${MAX_TAGS} values`)
    const end = source.indexOf('}}', start)
    if (end === -1) throw new Fault(start, 'this {{ is not closed by }}')
    take(open, tagOf(source.slice(start + 2, end), start))
    at = end + 2
  }
  if (innermost().name !== null)
    throw new Fault(innermost().at, `{{#${innermost().name}}} is not closed by {{/${innermost().name}}}`)
  return outermost.parts
}

type Tag = { sign: string; name: TemplateName; isMarkdown: boolean; at: number }

function take(open: Open[], { sign, name, isMarkdown, at }: Tag): void {
  const innermost = open.at(-1)
  if (sign === '#') {
    open.push({ name, at, parts: [] })
  } else if (sign === '') {
    innermost?.parts.push({ type: 'value', name, isMarkdown })
  } else {
    if (innermost?.name !== name) throw new Fault(at, `{{/${name}}} closes nothing that is open here`)
    open.pop()
    open.at(-1)?.parts.push({ type: 'section', name, parts: innermost.parts })
  }
}

function tagOf(inner: string, at: number): Tag {
  const [, sign = '', name = '', filter] = TAG.exec(inner.trim()) ?? []
  if (name === '') throw new Fault(at, `"{{${inner}}}" is not a value: write a name between the braces`)
  if (!isName(name))
    throw new Fault(at, `there is no value "${name}"; there are ${TEMPLATE_NAMES.join(', ')}`)
  if (filter !== undefined && (filter !== 'markdown' || sign !== ''))
    throw new Fault(at, `nothing can be done by "${filter}" here`)
  return { sign, name, isMarkdown: filter === 'markdown', at }
}

const isName = (name: string): name is TemplateName => (TEMPLATE_NAMES as readonly string[]).includes(name)

function placeOf(source: string, at: number): { line: number; column: number } {
  const lines = source.slice(0, at).split('\n')
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 }
}
