import { describe, expect, it } from 'vitest'
import { lanesOf, previewTable } from './preview-lanes.ts'
import { figures, ghost, previewOf, provider, replayed } from './preview.fixture.ts'

const THIN = '\u202f'
const open = (openings: number, openMs: number) => replayed({ openings, openMs }, [ghost(10, 'open')])
const idsOf = (choice: ReturnType<typeof lanesOf>) => choice.lanes.map(({ preview }) => preview.providerId)

describe('lanesOf', () => {
  it('draws what changes first, most of it before little, then what stays open the same', () => {
    const choice = lanesOf(
      previewOf(
        provider('same', { draft: open(9, 9e6), inForce: open(9, 9e6) }),
        provider('little', { draft: open(2, 20_000), inForce: open(1, 10_000) }),
        provider('much', { draft: open(1, 1_000), inForce: open(5, 900_000) }),
        provider('calm'),
      ),
      { much: 'Much Ltd' },
    )
    expect(idsOf(choice)).toEqual(['much', 'little', 'same'])
    expect(choice.lanes.map(({ name, words }) => `${name}: ${words}`.replaceAll(THIN, ' '))).toEqual([
      'Much Ltd: 5 → 1 opening, 15 min → 1 s open',
      'little: 1 → 2 openings, 10 s → 20 s open',
      'same: the same either way',
    ])
    expect(choice.others).toEqual(['1 other provider would never have opened, either way.'])
  })

  it('draws a provider whose calls fare otherwise though no circuit opens in the range', () => {
    const choice = lanesOf(previewOf(provider('a', { draft: replayed({ goodCallsRefused: 3 }) })), {})
    expect(idsOf(choice)).toEqual(['a'])
  })

  it('names the providers without records, and says that nothing would have opened', () => {
    expect(lanesOf(previewOf(provider('a'), provider('b', { outcomes: 0 })), { b: 'Bee' })).toEqual({
      lanes: [],
      others: [
        'No circuit would have opened, neither with the draft nor with the thresholds in force.',
        'Nothing recorded in this range: Bee.',
      ],
    })
  })

  it('draws eight and says of how many', () => {
    const many = Array.from({ length: 11 }, (_, i) => provider(`p${i}`, { draft: open(1, 1_000 * (i + 1)) }))
    const choice = lanesOf(previewOf(...many), {})
    expect(choice.lanes).toHaveLength(8)
    expect(idsOf(choice)[0]).toBe('p10')
    expect(choice.others).toEqual(['8 of 11 providers are drawn; the table has all.'])
  })

  it('draws up to three models whose circuits would have opened, on either side', () => {
    const of = (model: string) => ghost(10, 'open', { model })
    const choice = lanesOf(
      previewOf(
        provider('a', {
          draft: replayed({ modelOpenings: 3 }, [
            of('d'),
            of('b'),
            ghost(20, 'half_open', { model: 'never' }),
          ]),
          inForce: replayed({ modelOpenings: 2 }, [of('a'), of('c')]),
        }),
      ),
      {},
    )
    expect(choice.lanes[0]).toMatchObject({
      models: [null, 'a', 'b', 'c'],
      more: '3 of 4 models whose circuits would have opened are drawn.',
    })
  })
})

describe('previewTable', () => {
  it('has all first and then each provider, the thresholds in force before the arrow', () => {
    const preview = previewOf(
      provider('a', {
        draft: replayed({ openings: 1, failuresAvoided: 7 }),
        inForce: replayed({ openings: 3 }),
      }),
      provider('b', { outcomes: 0 }),
    )
    const table = previewTable(
      {
        ...preview,
        total: { ...preview.total, draft: figures({ openings: 1 }), inForce: figures({ openings: 3 }) },
      },
      { a: 'Ay' },
    )
    expect(table.columns[0]).toBe('Provider')
    expect(table.rows.map(([name]) => name)).toEqual(['All', 'Ay', 'b'])
    expect(table.rows[0]?.[1]).toBe('3 → 1')
    expect(table.rows[1]?.slice(1, 5)).toEqual(['3 → 1', `0${THIN}s`, '–', '0 → 7'])
    expect(table.rows[2]?.slice(0, 3)).toEqual(['b', 'nothing recorded', '–'])
    expect(new Set(table.rows.map((row) => row.length))).toEqual(new Set([table.columns.length]))
  })
})
