import { allOperations } from '#lib/server/operations/index.ts'
import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Permission, type Scope, SCOPE_PERMISSIONS, scopesMay } from '#lib/domain/access/roles.ts'
import { openApiDocument } from '#lib/server/openapi.ts'
import type { Operation } from '#lib/server/operation.ts'
import { operations } from '#lib/server/operations/index.ts'

const SCOPES = Object.keys(SCOPE_PERMISSIONS) as Scope[]
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

  const { paths = {}, components } = openApiDocument('0.0.0')
  const toldOf = ({ path, method }: Operation) => paths[path]?.[method.toLowerCase() as 'get']
  const waysOf = (operation: Operation) => toldOf(operation)?.security?.flatMap((way) => Object.keys(way))

  it.each(allOperations.filter(([, { access }]) => access !== 'everyone'))(
    'tells who may call %s, how to show that, and that others are refused',
    (_id, operation) => {
      const permission = operation.access as Permission
      const isForKeys = SCOPES.some((scope) => scopesMay([scope], permission))
      expect(waysOf(operation)).toEqual(isForKeys ? ['session', 'apiKey'] : ['session'])
      expect(toldOf(operation)).toMatchObject({ 'x-permission': permission, responses: { '401': {} } })
    },
  )

  it.each(allOperations)(
    'tells that %s is not answered where Switchyard starts, or its database is away',
    (_id, operation) => {
      expect(toldOf(operation)?.responses).toHaveProperty('503')
    },
  )

  it('says of every way in what it is, and of what is everyone’s that it needs none', () => {
    expect(Object.keys(components?.securitySchemes ?? {})).toEqual(['session', 'apiKey'])
    const everyones = allOperations.filter(([, { access }]) => access === 'everyone')
    expect(everyones.map(([, operation]) => waysOf(operation))).toEqual(everyones.map(() => []))
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
    const bytesEach = text.length / allOperations.length
    expect(bytesEach, 'named schemas are written once').toBeLessThan(3_500)
  })
})
