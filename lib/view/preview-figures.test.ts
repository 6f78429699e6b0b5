import { describe, expect, it } from 'vitest'
import { figureRows, isSame, previewBrief, previewSentence } from './preview-figures.ts'
import { figures } from './preview.fixture.ts'

const THIN = '\u202f'
const inForce = figures({
  openings: 1,
  openMs: 240_000,
  failuresAvoided: 94,
  failuresLetThrough: 212,
  goodCallsRefused: 9,
  outages: 3,
  outagesDetected: 1,
  meanTimeToDetectMs: 130_000,
})
const draft = figures({
  openings: 3,
  openMs: 840_000,
  failuresAvoided: 212,
  failuresLetThrough: 94,
  goodCallsRefused: 38,
  outages: 3,
  outagesDetected: 3,
  meanTimeToDetectMs: 40_000,
})

describe('figureRows', () => {
  it('puts both beside each other, with what the draft changes and what that is worth', () => {
    expect(figureRows(draft, inForce)).toEqual([
      { label: 'Openings', inForce: '1', draft: '3', change: '+2', isBetter: null },
      {
        label: 'Time open',
        inForce: `4${THIN}min`,
        draft: `14${THIN}min`,
        change: `+10${THIN}min`,
        isBetter: null,
      },
      { label: 'Failures avoided', inForce: '94', draft: '212', change: '+118', isBetter: true },
      { label: 'Failures let through', inForce: '212', draft: '94', change: '−118', isBetter: true },
      { label: 'Good calls refused', inForce: '9', draft: '38', change: '+29', isBetter: false },
      { label: 'Outages detected, of 3', inForce: '1', draft: '3', change: '+2', isBetter: true },
      {
        label: 'Time to detect, on average',
        inForce: `2${THIN}min 10${THIN}s`,
        draft: `40${THIN}s`,
        change: `−1${THIN}min 30${THIN}s`,
        isBetter: true,
      },
    ])
  })

  it('leaves out models and outages where there are none, and shows a dash for what was not measured', () => {
    const rows = figureRows(figures(), figures())
    expect(rows.map(({ label }) => label)).toEqual([
      'Openings',
      'Time open',
      'Failures avoided',
      'Failures let through',
      'Good calls refused',
      'Time to detect, on average',
    ])
    expect(rows.at(-1)).toMatchObject({ inForce: '–', draft: '–', change: null })
    expect(figureRows(figures({ modelOpenings: 2 }), figures()).map(({ label }) => label)).toContain(
      'Openings of models',
    )
  })

  it('calls a detection that is new or gone no difference of seconds', () => {
    const rows = figureRows(figures({ meanTimeToDetectMs: 5_000 }), figures())
    expect(rows.at(-1)).toMatchObject({ draft: `5${THIN}s`, change: null, isBetter: null })
  })

  it('shows no change where both read the same', () => {
    const rows = figureRows(figures({ openMs: 4_100 }), figures({ openMs: 4_900 }))
    expect(rows[1]).toMatchObject({ draft: `4${THIN}s`, inForce: `4${THIN}s`, change: null })
  })
})

describe('previewSentence', () => {
  it('says what the draft would have done instead of what is in force', () => {
    expect(previewSentence(draft, inForce).replaceAll(THIN, ' ')).toBe(
      'Would have opened 3 times instead of once; 14 min instead of 4 min open; 212 instead of 94 failures avoided, ' +
        '38 instead of 9 good calls refused; an outage detected after 40 s instead of 2 min 10 s.',
    )
  })

  it('counts one of anything as one', () => {
    const one = figures({ failuresAvoided: 1, goodCallsRefused: 1 })
    expect(previewSentence(one, one)).toContain('1 failure avoided, 1 good call refused')
    expect(previewSentence(draft, one)).toContain(
      '212 instead of 1 failure avoided, 38 instead of 1 good call',
    )
    expect(previewSentence(one, draft)).toContain(
      '1 instead of 212 failures avoided, 1 instead of 38 good calls',
    )
  })

  it('says so when nothing differs', () => {
    expect(previewSentence(inForce, inForce).replaceAll(THIN, ' ')).toBe(
      'Would have done the same: opened once; 4 min open; 94 failures avoided, 9 good calls refused; ' +
        'an outage detected after 2 min 10 s.',
    )
    expect(isSame(draft, inForce)).toBe(false)
  })

  it('tells that outages would go unnoticed', () => {
    expect(previewSentence(figures({ outages: 3 }), inForce)).toContain(
      `no outage detected (in force: after 2${THIN}min 10${THIN}s)`,
    )
  })

  it('tells of models’ circuits, and never counts what cannot be', () => {
    const words = previewSentence(figures({ modelOpenings: 2, modelOpenMs: 1_000 }), figures())
    expect(words).toBe(
      'Would never have opened; models’ circuits opened 2 times instead of never; ' +
        '0 failures avoided, 0 good calls refused.',
    )
  })

  it('says plainly that nothing would have opened any more', () => {
    expect(
      previewSentence(figures(), figures({ openings: 3, openMs: 60_000 })).replaceAll(THIN, ' '),
    ).toMatch(/^Would not have opened at all, instead of 3 times; 0 s instead of 1 min open;/)
    expect(previewSentence(figures(), figures())).toMatch(
      /^Would have done the same: never opened; 0 failures/,
    )
  })

  it('is short where there is little room', () => {
    expect(previewBrief({ draft, inForce }).replaceAll(THIN, ' ')).toBe(
      'Would have opened 3 times instead of once; 14 min instead of 4 min open',
    )
    expect(previewBrief({ draft, inForce: draft })).toBe('Would have done the same')
  })
})
