import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BucketCounts } from '#lib/services/metrics/bucket-counts.ts'
import type { Family, Sample } from '#lib/services/metrics/family.ts'
import { readMetricsDocument } from './metrics-document.fixture.ts'
import type { MetricsFormat } from './metrics-format.ts'
import { LINES_A_SLICE, metricsText } from './metrics-text.ts'

async function piecesOf(families: readonly Family<null>[], format: MetricsFormat = 'prometheus') {
  const pieces: string[] = []
  for await (const piece of metricsText(families, null, format)) pieces.push(piece)
  return pieces
}
const textOf = async (...args: Parameters<typeof piecesOf>) => (await piecesOf(...args)).join('')

const counter = (samples: readonly Sample[]): Family<null> => ({
  name: 'a_total',
  help: 'As.',
  type: 'counter',
  labels: ['of'],
  read: () => samples,
})

function latency(): Family<null> {
  const counts = new BucketCounts([50, 1_000])
  for (const ms of [20, 700, 2_000]) counts.record(ms)
  return {
    name: 'b_seconds',
    help: 'Bs.',
    type: 'histogram',
    labels: ['of'],
    read: () => [{ labels: { of: 'x' }, buckets: counts.read() }],
  }
}

describe('the text of metrics', () => {
  it('is what Prometheus reads', async () => {
    expect(await textOf([counter([{ labels: { of: 'x' }, value: 3 }]), latency()])).toBe(
      [
        '# HELP a_total As.',
        '# TYPE a_total counter',
        'a_total{of="x"} 3',
        '# HELP b_seconds Bs.',
        '# TYPE b_seconds histogram',
        'b_seconds_bucket{of="x",le="0.05"} 1',
        'b_seconds_bucket{of="x",le="1.0"} 2',
        'b_seconds_bucket{of="x",le="+Inf"} 3',
        'b_seconds_sum{of="x"} 2.72',
        'b_seconds_count{of="x"} 3',
        '',
      ].join('\n'),
    )
  })

  it('names a counter without its ending in the head of OpenMetrics, and says where it ends', async () => {
    expect(await textOf([counter([{ labels: { of: 'x' }, value: 3 }])], 'openmetrics')).toBe(
      ['# HELP a As.', '# TYPE a counter', 'a_total{of="x"} 3', '# EOF', ''].join('\n'),
    )
  })

  it('has the head of a family that has no series', async () => {
    expect(await textOf([counter([])])).toBe('# HELP a_total As.\n# TYPE a_total counter\n')
  })

  it.each(['prometheus', 'openmetrics'] as const)('gives back any label as it was, in %s', async (format) => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"} 1\nup 0', '\\', '\\n', 'a"b', '{}', 'ü,="', '\r\n'),
    )
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(value, { minLength: 1, maxLength: 20 }), async (values) => {
        const samples = values.map((of, place) => ({ labels: { of }, value: place }))
        const [family] = readMetricsDocument(await textOf([counter(samples)], format))
        expect(family?.series).toEqual(
          samples.map(({ labels, value: told }) => ({ name: 'a_total', labels, value: told })),
        )
      }),
    )
  })

  it('comes in small pieces with one head, and reads no further than it is taken', async () => {
    let read = 0
    const many: Family<null> = {
      ...counter([]),
      type: 'counter',
      read: function* () {
        for (; read < 2_500; read += 1) yield { labels: { of: `${read}` }, value: read }
      },
    }
    const pieces = metricsText([many], null, 'prometheus')
    const first = await pieces.next()
    expect(read).toBeLessThan(LINES_A_SLICE)
    let text = first.value ?? ''
    for await (const piece of pieces) {
      expect(piece.split('\n').length).toBeLessThan(LINES_A_SLICE + 20)
      text += piece
    }
    const families = readMetricsDocument(text)
    expect(families).toHaveLength(1)
    expect(families[0]?.series.map(({ value }) => value)).toEqual(Array.from({ length: 2_500 }, (_, n) => n))
  })
})
