import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MAX_MODEL_CIRCUITS } from '#lib/services/metrics/circuit-families.ts'
import { LATENCY_BOUNDS_MS } from '#lib/services/metrics/provider-counts.ts'
import { MAX_DECISION_PAIRS } from '#lib/services/metrics/route-families.ts'
import { FAMILIES } from './families.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/metrics.md'), 'utf8')
const plain = text.replaceAll(/\s+/g, ' ')

/** The rows of the page's table, cell by cell. */
const rows = text
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )

describe('the page about metrics', () => {
  it('tells of all of them what the code tells', () => {
    const held = FAMILIES.map(({ name, type, labels, help }) => [
      `\`${name}\``,
      type,
      labels.map((label) => `\`${label}\``).join(', '),
      help,
    ])
    expect(rows).toEqual(held)
  })

  it('uses none in its rules that there is not', () => {
    const names = FAMILIES.map(({ name }) => name)
    const used = [...text.matchAll(/\bswitchyard_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, ''))
    expect(used.length).toBeGreaterThan(FAMILIES.length)
    expect(used.filter((name) => !names.includes(name))).toEqual([])
  })

  it('tells the bounds that are in force', () => {
    const number = (value: number) => value.toLocaleString('en-GB')
    expect(plain).toContain(`${number(MAX_MODEL_CIRCUITS)} models' circuits have series of their own`)
    expect(plain).toContain(`${number(MAX_DECISION_PAIRS)} pairs of route and provider have their own`)
    const bounds = LATENCY_BOUNDS_MS.map((ms) => ms / 1_000)
    expect(plain).toContain(`${bounds.slice(0, -1).join(', ')} and ${bounds.at(-1)} seconds`)
  })
})
