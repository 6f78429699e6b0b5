import { expect, it } from 'vitest'
import { figures, provider, replayed } from './preview.fixture.ts'
import { previewFigures, suggestionFigures } from './replay-figures.ts'

const recordOf = ({ columns, rows }: ReturnType<typeof previewFigures>) =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])))

it('puts a preview into a file, two rows for each provider with records', () => {
  const draft = replayed({ openings: 1, openMs: 1_500, goodCallsRefused: 7 })
  const inForce = replayed({ openings: 3, meanTimeToDetectMs: 900.5 })
  const file = previewFigures({
    providers: [provider('acme', { draft, inForce }), provider('silent', { outcomes: 0 })],
  })
  expect(recordOf(file)).toMatchObject([
    { provider: 'acme', thresholds: 'in force', openings: 3, mean_time_to_detect_ms: 900.5 },
    { provider: 'acme', thresholds: 'draft', openings: 1, open_ms: 1_500, good_calls_refused: 7 },
  ])
})

it('puts every combination that was tried into a file, also those that are not drawn apart', () => {
  const thresholds = { failureThreshold: 3, failureRate: 0.25, window: '60s', recoveryTimeout: '15s' }
  const file = suggestionFigures({
    tried: [
      { thresholds, figures: figures({ failuresLetThrough: 4 }), isStart: true, onFrontier: false },
      { thresholds, figures: figures({ failuresLetThrough: 4 }), isStart: false, onFrontier: true },
    ],
  })
  expect(recordOf(file)).toMatchObject([
    { failure_threshold: 3, failure_rate: 0.25, is_start: 1, on_frontier: 0, failures_let_through: 4 },
    { window: '60s', recovery_timeout: '15s', is_start: 0, on_frontier: 1, failures_let_through: 4 },
  ])
})
