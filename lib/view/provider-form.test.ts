import { describe, expect, it } from 'vitest'
import { createProviderSchema, patchProviderSchema } from '#lib/contract/provider.ts'
import { providerConfig } from '#lib/contract/provider-config.fixture.ts'
import { PROVIDER_KINDS } from '#lib/domain/provider.ts'
import { fieldLabel, rebaseForm, sideConflicts } from './form-sides.ts'
import { PROVIDER_LABELS } from './provider-form-labels.ts'
import { createInput, patchInput, tagsOf } from './provider-form-input.ts'
import {
  duplicateForm,
  newProviderForm,
  probeTypesOf,
  probeWarning,
  providerForm,
  withKind,
  type ProviderForm,
} from './provider-form.ts'

const config = providerConfig('azure-eu', {
  kind: 'azure-openai',
  baseUrl: 'https://example.openai.azure.com',
  apiKeyLast4: '4f2a',
  headers: { 'x-team': 'search', 'x-token': '••••' },
  region: 'westeurope',
  coordinates: [52.4, 4.9],
  tags: ['prod', 'eu'],
  thresholds: { monitor: { interval: '10s' } },
  version: 4,
})
const stored = providerForm(config)

const complaints = (form: ProviderForm) =>
  createProviderSchema.safeParse(createInput(form)).error?.issues.map((issue) => issue.path.join('.')) ?? []

describe('a new provider', () => {
  it.each(PROVIDER_KINDS)('of kind %s needs no more than a name, and what only its owner knows', (kind) => {
    const form = newProviderForm(kind)
    expect(complaints(form)).toEqual(form.keyMode === 'secret' ? ['name', 'apiKey'] : ['name'])
    const named = { ...form, name: 'mine', apiKey: 'test-key' }
    expect(complaints(named)).toEqual([])
    expect(probeTypesOf(kind)).toContain(form.probe.type)
  })

  it('sends no id and no base URL that were not given', () => {
    const input = createInput({ ...newProviderForm('openai-compatible'), name: 'x' })
    expect(input).not.toHaveProperty('id')
    expect(input).not.toHaveProperty('baseUrl')
  })

  it.each<[string, Partial<ProviderForm>, string]>([
    ['a half pair of coordinates', { latitude: 52 }, 'coordinates.1'],
    ['a latitude beyond the pole', { latitude: 91, longitude: 0 }, 'coordinates.0'],
    ['an empty weight', { weight: null }, 'weight'],
    ['a key reference of another form', { keyMode: 'reference', apiKeyRef: 'SECRET' }, 'apiKeyRef'],
    [
      'a model without a name',
      { models: [{ name: ' ', alias: '', priceIn: null, priceOut: null }] },
      'models.0.name',
    ],
    ['a bad header name', { headers: [{ name: 'a b', value: '' }] }, 'headers.a b'],
    ['a bad URL', { baseUrl: 'example.com' }, 'baseUrl'],
    ['a metadata address', { baseUrl: 'http://2852039166/' }, 'baseUrl'],
    ['a metadata name', { baseUrl: 'http://metadata.google.internal' }, 'baseUrl'],
    ['a bad threshold', { thresholds: { breaker: { minCalls: 0 } } }, 'thresholds.breaker.minCalls'],
  ])('with %s is refused at the field', (_what, change, path) => {
    expect(complaints({ ...newProviderForm('ollama'), name: 'x', ...change })).toEqual([path])
  })
})

describe('patchInput', () => {
  it('is only the version when nothing was changed', () => {
    expect(patchInput(stored, stored, 4)).toEqual({ expectedVersion: 4 })
  })

  it('carries the changed fields alone, and the schema accepts them', () => {
    const patch = patchInput(
      { ...stored, name: 'azure', tags: 'prod', region: '', thresholds: {} },
      stored,
      4,
    )
    expect(patch).toEqual({ expectedVersion: 4, name: 'azure', tags: ['prod'], region: null, thresholds: {} })
    expect(patchProviderSchema.safeParse(patch).success).toBe(true)
  })

  it('keeps the stored key unless it is replaced or taken away', () => {
    expect(patchInput({ ...stored, keyMode: 'secret', apiKey: 'test-key' }, stored, 4)).toEqual({
      expectedVersion: 4,
      apiKey: 'test-key',
    })
    expect(patchInput({ ...stored, keyMode: 'reference', apiKeyRef: 'env:KEY' }, stored, 4)).toEqual({
      expectedVersion: 4,
      apiKeyRef: 'env:KEY',
    })
    expect(patchInput({ ...stored, keyMode: 'none' }, stored, 4)).toEqual({
      expectedVersion: 4,
      apiKey: null,
      apiKeyRef: null,
    })
  })

  it('does not send a reference again that stands already', () => {
    const referring = providerForm({ ...config, apiKeyRef: 'env:KEY' })
    expect(patchInput({ ...referring, name: 'x' }, referring, 4)).toEqual({ expectedVersion: 4, name: 'x' })
  })

  it('tells a number that cannot be read from none at all', () => {
    const patch = patchInput({ ...stored, maxConcurrency: Number.NaN }, stored, 4)
    expect(patchProviderSchema.safeParse(patch).error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'maxConcurrency',
    ])
  })

  it('sends a masked header back as it came, so that its value stays', () => {
    const patch = patchInput(
      { ...stored, headers: [...stored.headers, { name: 'x-new', value: '1' }] },
      stored,
      4,
    )
    expect(patch.headers).toEqual({ 'x-team': 'search', 'x-token': '••••', 'x-new': '1' })
    expect(patchProviderSchema.safeParse(patch).success).toBe(true)
  })

  it('says that a field which is no number any more has changed', () => {
    const patch = patchInput({ ...stored, weight: null }, stored, 4)
    expect(patchProviderSchema.safeParse(patch).error?.issues.map(({ path }) => path.join('.'))).toEqual([
      'weight',
    ])
  })
})

describe('duplicateForm', () => {
  it('copies all but the id and what nobody can read', () => {
    const copy = duplicateForm(config)
    expect(copy).toMatchObject({
      id: '',
      name: 'azure-eu copy',
      keyMode: 'secret',
      apiKey: '',
      region: 'westeurope',
    })
    expect(copy.headers).toEqual([{ name: 'x-team', value: 'search' }])
    expect(duplicateForm({ ...config, apiKeyRef: 'env:KEY' })).toMatchObject({
      keyMode: 'reference',
      apiKeyRef: 'env:KEY',
    })
  })
})

describe('withKind', () => {
  it('changes defaults with the kind and leaves what was written', () => {
    const fresh = withKind(newProviderForm('openai'), 'ollama')
    expect(fresh).toMatchObject({ baseUrl: 'http://localhost:11434', keyMode: 'none' })
    const written = { ...newProviderForm('openai'), baseUrl: 'https://proxy.example/v1', apiKey: 'test-key' }
    expect(withKind(written, 'groq')).toMatchObject({
      baseUrl: 'https://proxy.example/v1',
      apiKey: 'test-key',
    })
  })

  it('drops a probe that the new kind cannot run', () => {
    const form = {
      ...newProviderForm('openai'),
      probe: { ...newProviderForm('openai').probe, type: 'completion' as const },
    }
    expect(withKind(form, 'groq').probe.type).toBe('completion')
    expect(withKind(form, 'http').probe.type).toBe('http')
    expect(probeTypesOf('http')).toEqual(['http', 'tcp'])
  })
})

describe("two people's changes", () => {
  const mine = { ...stored, name: 'mine', tags: 'a' }
  const theirs = { ...stored, name: 'theirs', region: 'north' }

  it('keep what each changed, mine where both did', () => {
    expect(rebaseForm(PROVIDER_LABELS, { base: stored, mine, theirs })).toEqual({
      ...stored,
      name: 'mine',
      tags: 'a',
      region: 'north',
    })
  })

  it('are named by field', () => {
    expect(sideConflicts(PROVIDER_LABELS, { base: stored, mine, theirs })).toEqual([
      { label: 'Name', by: 'both' },
      { label: 'Region', by: 'theirs' },
      { label: 'Tags', by: 'mine' },
    ])
  })
})

describe('probeWarning', () => {
  const paid = {
    ...stored,
    probe: { ...stored.probe, type: 'completion' as const, model: 'gpt-4o', dailyBudgetUsd: 1 },
  }
  it('asks for the prices that a budget needs', () => {
    expect(probeWarning(paid)).toBeNull()
    expect(probeWarning({ ...paid, models: [] })).toContain('needs the prices')
    expect(probeWarning({ ...paid, models: [{ ...paid.models[0]!, priceOut: null }] })).toContain(
      'needs the prices',
    )
    expect(probeWarning({ ...paid, models: [], probe: { ...paid.probe, dailyBudgetUsd: null } })).toBeNull()
    expect(probeWarning(stored)).toBeNull()
  })
})

describe('words', () => {
  it('name the field that a complaint is about', () => {
    expect(fieldLabel(PROVIDER_LABELS, 'models.0.priceIn')).toBe('Models')
    expect(fieldLabel(PROVIDER_LABELS, 'longitude')).toBe('Longitude')
    expect(fieldLabel(PROVIDER_LABELS, 'baseUrl')).toBe('Base URL')
    expect(fieldLabel(PROVIDER_LABELS, 'other')).toBe('other')
  })

  it('read tags between commas, each once', () => {
    expect(tagsOf(' prod, eu,,prod ')).toEqual(['prod', 'eu'])
    expect(tagsOf('')).toEqual([])
  })
})
