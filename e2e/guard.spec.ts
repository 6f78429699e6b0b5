import { request } from 'node:http'
import { expect, test } from './fixtures.ts'

type Sent = { method?: string; path?: string; headers?: Record<string, string>; body?: string }

/** Sends exactly this path and these headers, `Host` included, as a page on another origin or a rebound name would. */
function send(url: string, { method = 'GET', path = '/', headers = {}, body }: Sent): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const { hostname, port } = new URL(url)
  const sent = request({ hostname, port, path, method, headers }, (response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
  sent.on('error', reject)
  sent.end(body)
  return promise
}

test('no foreign page reaches a console on loopback', async ({ running }) => {
  const { url } = running
  const json = { 'content-type': 'application/json' }
  const path = '/api/circuits/anthropic/override'
  const body = JSON.stringify({ mode: 'forced_open', reason: 'not yours to say', ttl: '1h' })

  expect(await send(url, { headers: { host: 'console.attacker.example' } })).toBe(403)
  expect(await send(url, { path: '/api/monitor', headers: { host: 'console.attacker.example' } })).toBe(403)
  expect(
    await send(url, { method: 'PUT', path, body, headers: { ...json, origin: 'https://attacker.example' } }),
  ).toBe(403)
  expect(
    await send(url, { method: 'PUT', path, body, headers: { ...json, 'sec-fetch-site': 'cross-site' } }),
  ).toBe(403)
  expect(await send(url, { method: 'PUT', path, body, headers: { 'content-type': 'text/plain' } })).toBe(415)

  const circuit = await running.api<{ override: unknown }>('GET', '/api/circuits/anthropic')
  expect(circuit.override).toBeNull()
  expect(await send(url, { method: 'PUT', path, body, headers: json })).toBe(200)
})

test('no file of the folder that it runs in can be fetched', async ({ running }) => {
  const folder = [
    '.git/HEAD',
    '.env',
    'package.json',
    'data/secret.key',
    'data/switchyard.db',
    '.next/BUILD_ID',
  ]
  for (const path of folder)
    for (const way of [
      '/',
      '/../',
      '/%2e%2e/',
      '/_next/static/../../../',
      '/_next/static/%2e%2e%2f%2e%2e%2f',
    ])
      expect(await send(running.url, { path: way + path }), way + path).toBeGreaterThanOrEqual(400)
})
