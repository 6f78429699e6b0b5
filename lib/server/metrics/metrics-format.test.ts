import { Registry } from 'prom-client'
import { describe, expect, it } from 'vitest'
import { METRICS_TYPES, metricsFormatOf } from './metrics-format.ts'

describe('the format of metrics', () => {
  it.each([
    ['who says nothing', null, 'prometheus'],
    ['a browser', 'text/html,application/xhtml+xml,*/*;q=0.8', 'prometheus'],
    [
      'Prometheus 2',
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'openmetrics',
    ],
    ['who prefers plain text', 'application/openmetrics-text;q=0.4, text/plain;q=0.5', 'prometheus'],
    ['who likes both alike', 'text/plain;version=0.0.4, application/openmetrics-text', 'openmetrics'],
    ['who wants any text before', 'application/openmetrics-text;q=0.4, text/*', 'prometheus'],
    ['who knows an old version only', 'application/openmetrics-text; version=0.0.1', 'prometheus'],
    ['who refuses it', 'application/openmetrics-text;q=0', 'prometheus'],
    ['nonsense', 'application/openmetrics-text;q=much', 'prometheus'],
    ['another type that begins alike', 'application/openmetrics-textile', 'prometheus'],
  ])('for %s', (_who, accept, format) => {
    expect(metricsFormatOf(accept)).toBe(format)
  })
})

describe('the content types', () => {
  it('are those that prom-client writes by', () => {
    expect(METRICS_TYPES).toEqual({
      prometheus: Registry.PROMETHEUS_CONTENT_TYPE,
      openmetrics: Registry.OPENMETRICS_CONTENT_TYPE,
    })
  })
})
