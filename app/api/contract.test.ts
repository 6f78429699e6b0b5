import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '#lib/server/openapi.ts'
import { operations } from '#lib/server/operations/index.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Answers whatever is no part of the contract. */
const CATCH_ALL = '[...path]/route.ts'

/** Every call that a route file answers, as the document writes it: `GET /api/providers/{id}`. */
async function answeredCalls(): Promise<string[]> {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('route.ts') && file !== CATCH_ALL)
  const calls = await Promise.all(
    files.map(async (file) => {
      const exported = (await import(/* @vite-ignore */ `./${file}`)) as Record<string, unknown>
      const path = `/api/${file.replace('/route.ts', '').replaceAll(/\[(\w+)\]/g, '{$1}')}`
      return METHODS.filter((method) => method in exported).map((method) => `${method} ${path}`)
    }),
  )
  return calls.flat().sort()
}

const documentedCalls = () =>
  Object.entries(openApiDocument('0.0.0').paths ?? {})
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .sort()

describe('the contract', () => {
  it('documents every call that is answered, and answers every call that is documented', async () => {
    expect(await answeredCalls()).toEqual(documentedCalls())
  })

  it('has many calls, so that this test is looking at something', () => {
    expect(documentedCalls().length).toBeGreaterThan(20)
  })

  it('takes a parameter for each brace in a path', () => {
    for (const { path, params } of Object.values(operations)) {
      const braces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(Object.keys(params.shape), path).toEqual(braces)
    }
  })

  it('tells of durations, bounds and secrets as the forms know them', () => {
    const text = JSON.stringify(openApiDocument('0.0.0'))
    for (const told of [
      'A duration from 1s to ',
      'application/problem+json',
      'Idempotency-Key',
      'StreamEvent',
    ]) {
      expect(text.includes(told), told).toBe(true)
    }
    expect(text.includes('sealed')).toBe(false)
    expect(text.length, 'named schemas are written once').toBeLessThan(180_000)
  })
})
