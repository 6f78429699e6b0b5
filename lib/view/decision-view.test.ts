import { describe, expect, it } from 'vitest'
import {
  candidateRows,
  decisionFacts,
  decisionResult,
  decisionRow,
  decisionSentence,
  formatUsd,
} from './decision-view.ts'
import { THIN } from './format.ts'
import { after, attempt, candidate, decision } from './stage-routing.fixture.ts'
import { waterfallView } from './waterfall-view.ts'
import { whatIfView } from './what-if-view.ts'

const nameOf = (id: string) => id.toUpperCase()

describe('decisionRow', () => {
  it('names the provider that carried it last, how it went, and how long it took from the decision on', () => {
    const attempts = [
      attempt('openai', { class: 'provider_error', httpStatus: 502, latencyMs: 120 }),
      attempt('azure', { at: after(130), latencyMs: 400 }),
    ]
    const row = decisionRow(decision({ attempts, panic: true, rule: 'gold › rule 2' }), nameOf)
    expect(row).toMatchObject({ chosen: 'AZURE', within: 'gold › rule 2', marks: ['panic', '2 attempts'] })
    expect(row.result).toMatchObject({
      icon: 'healthy',
      words: 'ok',
      latency: `530${THIN}ms`,
    })
  })

  it('tells a refusal from a request that somebody else carried', () => {
    expect(decisionResult(decision({ chosen: null }))).toMatchObject({
      icon: 'unhealthy',
      words: 'refused, nobody eligible',
    })
    expect(decisionResult(decision())).toMatchObject({
      icon: 'unknown',
      words: 'carried elsewhere',
      latency: '–',
    })
    expect(decisionRow(decision({ chosen: null }), nameOf).chosen).toBe('nobody')
  })

  it('gives the status of what failed', () => {
    const attempts = [attempt('openai', { class: 'rate_limited', httpStatus: 429 })]
    expect(decisionResult(decision({ attempts }))).toMatchObject({
      icon: 'degraded',
      words: 'rate limited 429',
    })
  })

  it('shows the variant where no rule matched', () => {
    expect(decisionRow(decision({ variant: 'b' }), nameOf).within).toBe('variant b')
    expect(decisionRow(decision(), nameOf).within).toBeNull()
  })
})

describe('decisionSentence', () => {
  it('names the winner, or says why there is none', () => {
    expect(decisionSentence(decision({ reason: 'its turn by weight' }), nameOf)).toBe(
      'OPENAI: its turn by weight',
    )
    const reason = 'none of 3 members is eligible: 3 are cooling'
    expect(decisionSentence(decision({ chosen: null, reason }), nameOf)).toBe(
      'None of 3 members is eligible: 3 are cooling',
    )
  })
})

describe('candidateRows', () => {
  it('puts the winner first, then the eligible, then the skipped, and names each exactly once', () => {
    const rows = candidateRows(decision({ chosen: 'azure', reason: 'azure has the turn' }), nameOf)
    expect(rows.map(({ providerId, verdict }) => [providerId, verdict])).toEqual([
      ['azure', 'chosen'],
      ['openai', 'eligible'],
      ['groq', 'circuit open'],
    ])
    expect(rows[0]!.reason).toBe('azure has the turn')
    expect(rows[2]).toMatchObject({ icon: 'open', reason: `opened 12${THIN}s ago`, weight: '–', score: '–' })
  })

  it.each([
    ['lowest_latency', 'load-balance', 412, /^412.ms$/],
    ['least_busy', 'load-balance', 1.5, /^1.5$/],
    ['cheapest', 'cost', 0.00042, /^\$0.00042$/],
    ['panic', 'cost', 1.5, /^\$1.50$/],
    ['same_region', 'geographic', 0, /^0.km$/],
    ['nearest', 'geographic', 6_204.4, /^6,204.km$/],
    ['adaptive', 'adaptive', 0.123456, /^0.123$/],
    ['weighted', 'load-balance', 2, /^2$/],
  ] as const)('writes the score of %s in its unit', (reasonCode, strategy, score, text) => {
    const one = decision({ reasonCode, strategy, candidates: [candidate('openai', { score })] })
    expect(candidateRows(one, nameOf)[0]!.score).toMatch(text)
  })

  it('stands without a winner', () => {
    const rows = candidateRows(decision({ chosen: null, reasonCode: 'none_eligible' }), nameOf)
    expect(rows.some(({ isChosen }) => isChosen)).toBe(false)
  })
})

describe('formatUsd', () => {
  it.each([
    [0, '$0'],
    [0.000421, '$0.00042'],
    [0.5, '$0.5'],
    [12.5, '$12.50'],
  ])('writes %s', (dollars, text) => expect(formatUsd(dollars)).toBe(text))
})

describe('decisionFacts', () => {
  it('leaves out what the decision does not have', () => {
    const names = decisionFacts(decision({ requestId: null })).map(({ name }) => name)
    expect(names).toEqual(['Route', 'Model', 'Strategy', 'Decision', 'Decided in'])
  })

  it('says microseconds below a millisecond', () => {
    const took = (tookUs: number) => decisionFacts(decision({ tookUs })).at(-1)!.value
    expect(took(11.4)).toMatch(/^11.µs$/)
    expect(took(2_400)).toMatch(/^2.4.ms$/)
  })
})

describe('waterfallView', () => {
  const failedOver = decision({
    attempts: [
      attempt('openai', { at: after(2), class: 'provider_error', httpStatus: 502, latencyMs: 98 }),
      attempt('azure', { at: after(100), latencyMs: 900, firstTokenMs: 200 }),
    ],
  })

  it('lays the attempts on one axis that begins with the decision', () => {
    const { bars, ticks } = waterfallView(failedOver, nameOf)
    expect(ticks[0]).toEqual({ x: 0, label: '0' })
    expect(ticks.at(-1)!.x).toBe(1)
    expect(bars[0]!.from).toBeCloseTo(0.002, 3)
    expect(bars[0]!.to).toBeCloseTo(0.1, 3)
    expect(bars[1]).toMatchObject({ to: 1, firstTokenText: `200${THIN}ms` })
    expect(bars[1]!.firstToken).toBeCloseTo(0.3, 3)
  })

  it('says it in one sentence', () => {
    expect(waterfallView(failedOver, nameOf).summary).toMatch(
      /^2 attempts in 1.0.s: OPENAI provider error 502 after 98.ms, then AZURE ok 200 after 900.ms\.$/,
    )
  })

  it('stands without attempts, and with one that took no time', () => {
    expect(waterfallView(decision(), nameOf)).toMatchObject({ bars: [], summary: 'No attempt was made.' })
    const [bar] = waterfallView(decision({ attempts: [attempt('openai', { latencyMs: 0 })] }), nameOf).bars
    expect(bar).toMatchObject({ from: 0, to: 0 })
  })
})

describe('whatIfView', () => {
  const now = decision()
  const supposed = ['openai']

  it('says who would take it instead, and marks whose verdict changes', () => {
    const then = decision({
      chosen: 'azure',
      candidates: [
        candidate('openai', { eligible: false, drop: 'circuit_open' }),
        candidate('azure'),
        candidate('groq', { eligible: false, drop: 'circuit_open' }),
      ],
    })
    const view = whatIfView({ now, then }, { supposed, nameOf })
    expect(view.sentence).toBe('If OPENAI opened, AZURE would take this request instead of OPENAI.')
    expect(view.rows.map(({ now: { providerId }, isChanged }) => [providerId, isChanged])).toEqual([
      ['openai', true],
      ['azure', true],
      ['groq', false],
    ])
  })

  it.each([
    [{}, {}, 'If OPENAI opened, OPENAI would still take this request.'],
    [{}, { panic: true }, 'If OPENAI opened, OPENAI would still take this request, in panic.'],
    [{}, { chosen: null }, 'If OPENAI opened, nobody would take this request: it would be refused.'],
    [{ chosen: null }, { chosen: null }, 'Nobody takes this request now, and nobody would if OPENAI opened.'],
    [{ chosen: null }, {}, 'If OPENAI opened, OPENAI would take this request.'],
  ])('says what changes, or that nothing does', (before, afterwards, sentence) => {
    const then = decision(afterwards)
    expect(whatIfView({ now: decision(before), then }, { supposed, nameOf }).sentence).toBe(sentence)
  })

  it('names several circuits', () => {
    const view = whatIfView({ now, then: decision() }, { supposed: ['azure', 'groq'], nameOf })
    expect(view.sentence).toMatch(/^If AZURE and GROQ opened/)
  })
})
