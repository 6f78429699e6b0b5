import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonScan, SCANNED_FIELDS } from './json-scan.ts'

function scan(...pieces: readonly (string | Buffer)[]) {
  const scanner = new JsonScan()
  for (const piece of pieces) scanner.push(Buffer.from(piece))
  return scanner
}

/** What each span holds, parsed. */
function found(body: Buffer, { spans }: JsonScan): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(spans).map(([field, { start, end }]) => [
      field,
      JSON.parse(body.toString('utf8', start, end)) as unknown,
    ]),
  )
}

describe('a scan', () => {
  it.each<[why: string, body: string, fields: Record<string, unknown>]>([
    ['the model', '{"model":"gpt-4o"}', { model: 'gpt-4o' }],
    ['white space anywhere', ' {\n "model" :\t"a" , "stream" : true }\r\n', { model: 'a', stream: true }],
    ['what comes last', '{"messages":[{"content":"}{][\\"\\\\"}],"model":"a"}', { model: 'a' }],
    ['nothing that is deeper', '{"a":{"model":"b"},"c":[{"user":"d"}],"model":"e"}', { model: 'e' }],
    ['nothing in a string', '{"a":"\\"model\\":\\"b\\"","model":"c"}', { model: 'c' }],
    ['an escaped quote at the end', '{"model":"a\\"","user":"b\\\\"}', { model: 'a"', user: 'b\\' }],
    ['a key in escapes', '{"\\u006d\\u006f\\u0064\\u0065\\u006c":"a"}', { model: 'a' }],
    [
      'a whole object',
      '{"metadata":{"user_id":"u","a":[1,2]},"user":null}',
      { metadata: { user_id: 'u', a: [1, 2] }, user: null },
    ],
    ['an empty object', '{}', {}],
  ])('finds %s', (_why, text, fields) => {
    const scanner = scan(text)
    expect(found(Buffer.from(text), scanner)).toEqual(fields)
    expect(scanner.isWhole).toBe(true)
    expect(scanner.duplicate).toBeNull()
  })

  it.each([
    ['[1]'],
    ['"model"'],
    ['{"model"}'],
    ['{"model":}'],
    ['{"model":"a",}'],
    ['{"model" "a"}'],
    ['{model:"a"}'],
    ['{"model":"a"}}'],
    ['{"model":"a"}{'],
    ['{"model":"a"]'],
    ['nonsense'],
  ])('knows that %s is no object', (text) => {
    expect(scan(text).isBroken).toBe(true)
  })

  it.each([['{'], ['{"model":"a"'], ['{"model":"a'], ['{"model":12'], ['{"a":[1,2'], ['']])(
    'waits for the rest of %s',
    (text) => {
      const scanner = scan(text)
      expect(scanner.isWhole).toBe(false)
      expect(scanner.isBroken).toBe(false)
    },
  )

  it('says that a field was there twice, also in disguise', () => {
    expect(scan('{"model":"a","model":"b"}').duplicate).toBe('model')
    expect(scan('{"user":"a","us\\u0065r":"b"}').duplicate).toBe('user')
  })

  it('is not misled by a key that is too long to be one of its own', () => {
    const text = `{"${'x'.repeat(500)}model":"a","model":"b"}`
    expect(found(Buffer.from(text), scan(text))).toEqual({ model: 'b' })
  })

  // Mutants tried and killed by this property: the escape forgotten at the end of a piece; the offset of a piece not
  // added; `depth` not counted for brackets; a bare value's end one too late; the key not emptied.
  it('finds the same wherever the pieces are cut', () => {
    const key = fc.oneof(fc.constantFrom(...SCANNED_FIELDS, 'messages', 'tools'), fc.string())
    const body = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { maxKeys: 8 })
    const gap = fc.constantFrom(0, 1, 2)
    fc.assert(
      fc.property(body, gap, fc.infiniteStream(fc.integer({ min: 1, max: 7 })), (object, indent, cuts) => {
        const bytes = Buffer.from(JSON.stringify(object, null, indent))
        const scanner = new JsonScan()
        for (let at = 0; at < bytes.length;) {
          const size = cuts.next().value as number
          scanner.push(bytes.subarray(at, at + size))
          at += size
        }
        const wanted = Object.entries(object).filter(([name]) =>
          (SCANNED_FIELDS as readonly string[]).includes(name),
        )
        expect(found(bytes, scanner)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(wanted))))
        expect(scanner.isWhole).toBe(true)
      }),
    )
  })
})
