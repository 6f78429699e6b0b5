import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SseParser } from './sse-parser.ts'

type Seen = { event: string; data: string }

/** The events in these pieces, and how far each piece was free of half events. */
function parse(...pieces: readonly (string | Buffer)[]) {
  const seen: Seen[] = []
  const parser = new SseParser(({ event, data }) => seen.push({ event, data: data.toString() }))
  const boundaries = pieces.map((piece) => parser.push(Buffer.from(piece)))
  return { seen, boundaries, isMidFrame: parser.isMidFrame }
}

describe('server-sent events', () => {
  it.each<[why: string, text: string, seen: Seen[]]>([
    ['data', 'data: a\n\n', [{ event: 'message', data: 'a' }]],
    ['a named event', 'event: ping\ndata: {}\n\n', [{ event: 'ping', data: '{}' }]],
    ['data in several lines', 'data: a\ndata:b\ndata\n\n', [{ event: 'message', data: 'a\nb\n' }]],
    ['one space less, and no more', 'data:  a\n\n', [{ event: 'message', data: ' a' }]],
    [
      'line ends of three kinds',
      'data: a\r\n\r\ndata: b\r\rdata: c\n\n',
      ['a', 'b', 'c'].map((data) => ({ event: 'message', data })),
    ],
    ['no comments', ': keep-alive\n\ndata: a\n: b\n\n', [{ event: 'message', data: 'a' }]],
    ['no other fields', 'id: 1\nretry: 2\nx\n\n', []],
    ['nothing that is not ended', 'data: a\n', []],
    [
      'a name of its own for each event',
      'event: a\ndata: 1\n\ndata: 2\n\n',
      [
        { event: 'a', data: '1' },
        { event: 'message', data: '2' },
      ],
    ],
    ['a name without data', 'event: done\n\n', [{ event: 'done', data: '' }]],
  ])('has %s', (_why, text, wanted) => {
    expect(parse(text).seen).toEqual(wanted)
  })

  it('says up to where a piece holds no half event', () => {
    expect(parse('data: a\n\ndata: b', '\n', '\ndata: c\n\n', ': x').boundaries).toEqual([9, 0, 10, 0])
  })

  it.each<[text: string, isMidFrame: boolean]>([
    ['data: a\n\n', false],
    ['data: a\n\n: bye', false],
    ['data: a\n\nda', true],
    ['data: a\n', true],
    ['event: a\n', true],
    [': a\n', false],
  ])('knows whether %j broke off within an event', (text, isMidFrame) => {
    expect(parse(text).isMidFrame).toBe(isMidFrame)
  })

  it('keeps the beginning of a line that is too long, and says so', () => {
    const cut: boolean[] = []
    const parser = new SseParser(({ data, isCut }) => {
      expect(data.length).toBeLessThanOrEqual(1_048_576)
      cut.push(isCut)
    })
    for (let sent = 0; sent < 40; sent += 1)
      parser.push(Buffer.from(`${sent === 0 ? 'data: ' : ''}${'x'.repeat(65_536)}`))
    parser.push(Buffer.from('\n\ndata: short\n\n'))
    expect(cut).toEqual([true, false])
  })

  // Mutants tried and killed by this property: a kept line not joined; `\n` after a `\r` at the end of a piece read as
  // a blank line; the boundary one too early; the event's name kept; the next `\r` looked for from the old place.
  it('are the same wherever the pieces are cut, and whole up to each boundary', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ':', ' ', 'ö', '"'), maxLength: 6 })
    const line = fc.oneof(
      text.map((value) => `data: ${value}`),
      text.map((value) => `data:${value}`),
      text.map((value) => `event: ${value}`),
      text.map((value) => `: ${value}`),
      fc.constant(''),
      fc.constant(''),
    )
    const lines = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 14 })
    fc.assert(
      fc.property(lines, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (written, cuts) => {
        const bytes = Buffer.from(written.map(([start, end]) => `${start}${end}`).join(''))
        const whole = parse(bytes).seen
        const pieces: Buffer[] = []
        for (let at = 0; at < bytes.length; at += pieces.at(-1)?.length ?? 0)
          pieces.push(bytes.subarray(at, at + (cuts.next().value as number)))
        const { seen, boundaries } = parse(...pieces)
        expect(seen).toEqual(whole)
        let forwarded = 0
        let at = 0
        pieces.forEach((piece, index) => {
          const boundary = boundaries[index] ?? 0
          if (boundary > 0) forwarded = at + boundary
          at += piece.length
        })
        const sent = bytes.subarray(0, forwarded)
        const client = parse(sent)
        expect(client.isMidFrame).toBe(false)
        expect(client.seen).toEqual(whole)
      }),
    )
  })
})
