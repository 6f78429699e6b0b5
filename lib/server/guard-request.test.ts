import { describe, expect, it } from 'vitest'
import { problemSchema } from '#lib/contract/monitor.ts'
import { guardRequest } from './guard-request.ts'

const ours = { host: '127.0.0.1', port: 3_000, publicOrigin: null }
const request = (method: string, headers: Record<string, string>) => ({
  method,
  headers: new Headers({ host: 'localhost:3000', ...headers }),
})

describe('guardRequest', () => {
  it.each([
    ['reads', 'GET', {}],
    ['JSON', 'POST', { 'content-type': 'application/json', 'content-length': '2' }],
    ['a delete without a body', 'DELETE', { 'content-length': '0' }],
  ])('lets through: %s', (_why, method, headers) => {
    expect(guardRequest(request(method, headers), ours)).toBeNull()
  })

  it.each([
    ['a foreign host', 'GET', { host: 'rebound.example:3000' }, 403],
    ['a foreign origin', 'GET', { origin: 'https://foreign.example' }, 403],
    ['a foreign site', 'GET', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [
      'a framed page',
      'GET',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      403,
    ],
    ['a form', 'POST', { 'content-type': 'text/plain' }, 415],
    ['a delete with a streamed body', 'DELETE', { 'transfer-encoding': 'chunked' }, 415],
  ])('refuses %s with a problem', async (_why, method, headers: Record<string, string>, status) => {
    const response = guardRequest(request(method, { ...headers, 'x-request-id': 'abc' }), ours)
    expect(response?.status).toBe(status)
    expect(problemSchema.parse(await response?.json())).toMatchObject({ status, requestId: 'abc' })
  })
})
