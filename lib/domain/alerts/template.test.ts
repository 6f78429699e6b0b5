import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateTrouble } from './check-template.ts'
import { notificationWith } from './notification.fixture.ts'
import { escapeHtml, parseTemplate, renderTemplate, type TemplateFormat } from './template.ts'
import { templateValues, type TemplateValues } from './template-values.ts'

const VALUES = templateValues(notificationWith())

function rendered(source: string, format: TemplateFormat = 'text', values: TemplateValues = VALUES): string {
  const { template, fault } = parseTemplate(source)
  if (template === null) throw new Error(fault.message)
  return renderTemplate(template, values, format)
}

describe('a template', () => {
  it.each([
    ['puts values in', '{{severity}}: {{ title }}!', 'critical: OpenAI is unhealthy!'],
    ['knows names with dots', '{{incident.id}}{{alerts.count}}', 'inc_011'],
    ['leaves braces alone that are not doubled', '{"a": {"b": "{{severity}}"}}', '{"a": {"b": "critical"}}'],
    ['writes a missing value as nothing', '[{{incident.by}}]', '[]'],
    ['shows a section whose value is there', '{{#link}}see {{link}}{{/link}}', `see ${VALUES.link}`],
    [
      'leaves a section out whose value is missing',
      'a{{#incident.by}}by {{incident.by}}{{/incident.by}}b',
      'ab',
    ],
    ['nests sections', '{{#link}}{{#incident.by}}x{{/incident.by}}y{{/link}}', 'y'],
    ['does not read values again', '{{title}}', '{{text}}', { title: '{{text}}' }],
    [
      'escapes Markdown where asked',
      '{{title | markdown}}',
      '\\[a\\](b) \\*\\_c\\_\\*',
      { title: '[a](b) *_c_*' },
    ],
  ])('%s', (_why, source, expected, part: Partial<TemplateValues> = {}) => {
    expect(rendered(source, 'text', { ...VALUES, ...part })).toBe(expected)
  })

  it.each([
    ['an unknown name', 'a\nb {{titel}}', 2, 3, /^there is no value "titel"; there are id, notice/],
    ['an inherited name', '{{constructor}}', 1, 1, /^there is no value "constructor"/],
    ['an expression', '{{title.length + 1}}', 1, 1, /is not a value/],
    ['nothing', 'x{{}}', 1, 2, /is not a value/],
    ['an unknown filter', '{{title | upper}}', 1, 1, /nothing can be done by "upper"/],
    ['a tag that is not closed', 'abc {{title', 1, 5, /not closed by }}/],
    ['a section that is not closed', '\n{{#link}}x', 2, 1, /{{#link}} is not closed by {{\/link}}/],
    ['a section closed by another', '{{#link}}{{#title}}{{/link}}', 1, 20, /{{\/link}} closes nothing/],
    ['an end without a begin', '{{/link}}', 1, 1, /closes nothing/],
    ['more values than anybody writes', '{{id}}'.repeat(201), 1, 1_201, /more than 200/],
  ])('says where it has %s', (_what, source, line, column, message) => {
    const { fault } = parseTemplate(source)
    expect(fault).toMatchObject({ line, column })
    expect(fault?.message).toMatch(message)
  })

  it('keeps any text inside a JSON string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const body = rendered('{"a": "{{title}}"}', 'json', { ...VALUES, title })
        expect(JSON.parse(body)).toEqual({ a: title })
      }),
    )
  })

  it('keeps any text from being markup in HTML', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        expect(rendered('{{title}}', 'html', { ...VALUES, title })).not.toMatch(/[<>"']|&(?!#\d+;)/)
      }),
    )
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe('&#60;a href=&#34;x&#34; title=&#39;y&#39;&#62;&#38;')
  })
})

describe('the check of a template', () => {
  it.each([
    ['is content with text', 'Anything, {{title}}', 'text', null],
    ['is content with quoted values', '{"a": "{{title}}"{{#link}}, "b": "{{link}}"{{/link}}}', 'json', null],
    ['is content with bare numbers', '{"a": {{colour.number}}, "b": {{priority}}}', 'json', null],
    ['wants quotes around texts', '{"a": {{title}}}', 'json', /no longer JSON when a text/],
    [
      'wants what may be missing to be left out',
      '{"a": {{alerts.count}}}',
      'json',
      /when values are missing/,
    ],
    ['wants JSON at all', 'Hello', 'json', /no longer JSON/],
    [
      'names the place of a fault',
      '{"a": "{{nope}}"}',
      'json',
      /^line 1, column 8: there is no value "nope"/,
    ],
  ] as const)('%s', (_why, source, format, expected) => {
    const trouble = templateTrouble(source, format)
    if (expected === null) expect(trouble).toBeNull()
    else expect(trouble).toMatch(expected)
  })
})
