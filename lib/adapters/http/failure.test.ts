import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ErrorKind } from '#lib/domain/outcome.ts'
import type { RawResult } from '#lib/domain/raw-result.ts'
import { CallError, failed, failureOf, type Stage } from './failure.ts'
import { provider } from './testing/probe-once.ts'

const coded = (code: string) => Object.assign(new Error(code), { code })

describe('failureOf', () => {
  it.each<[code: string, stage: Stage, kind: ErrorKind, message: string]>([
    ['EMFILE', 'connect', 'resources_exhausted', 'out of file descriptors here'],
    ['EMFILE', 'dns', 'resources_exhausted', 'out of file descriptors here'],
    ['ENFILE', 'connect', 'resources_exhausted', 'out of file descriptors here'],
    ['EADDRNOTAVAIL', 'connect', 'resources_exhausted', 'out of local ports here'],
    ['ENETUNREACH', 'connect', 'egress_down', 'no route from here'],
    ['ENETDOWN', 'connect', 'egress_down', 'network down here'],
    ['EHOSTUNREACH', 'connect', 'unreachable', 'host unreachable'],
    ['ECONNREFUSED', 'connect', 'refused', 'connect refused'],
    ['ETIMEDOUT', 'connect', 'connect_timeout', 'connect timed out'],
    ['ENOTFOUND', 'dns', 'dns', 'name not found'],
    ['EAI_AGAIN', 'dns', 'dns', 'name server does not answer'],
    ['EAI_FAMILY', 'dns', 'dns', 'name lookup failed (EAI_FAMILY)'],
    ['CERT_HAS_EXPIRED', 'tls', 'tls', 'certificate expired'],
    ['CERT_HAS_EXPIRED', 'request', 'tls', 'certificate expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls', 'tls', 'certificate is for another name'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'request', 'tls', 'TLS handshake failed (ERR_SSL_WRONG_VERSION_NUMBER)'],
    ['ECONNRESET', 'tls', 'tls', 'TLS handshake failed (ECONNRESET)'],
    ['ECONNRESET', 'request', 'reset', 'connection reset'],
    ['EPIPE', 'request', 'reset', 'connection reset'],
    ['ECONNRESET', 'body', 'body_broken', 'connection reset within the answer'],
    ['UND_ERR_SOCKET', 'request', 'reset', 'connection closed before an answer'],
    ['UND_ERR_SOCKET', 'body', 'body_broken', 'answer broke off'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'body', 'body_broken', 'answer broke off'],
    ['HPE_INVALID_CONSTANT', 'request', 'bad_body', 'answer is not HTTP'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'request', 'bad_body', 'answer is not HTTP'],
    ['UND_ERR_HEADERS_OVERFLOW', 'request', 'bad_body', 'answer headers too large'],
    ['EWHATEVER', 'request', 'reset', 'connection failed (EWHATEVER)'],
  ])('%s while in %s is %s', (code, stage, ...[kind, message]) => {
    expect(failureOf(coded(code), stage)).toEqual({ kind, message })
  })

  it('lets the most telling of several addresses speak', () => {
    const refusedSomewhere = new AggregateError([coded('ENETUNREACH'), coded('ECONNREFUSED')])
    expect(failureOf(refusedSomewhere, 'connect').kind).toBe('refused')
    expect(failureOf(new AggregateError([coded('ENETUNREACH'), coded('ETIMEDOUT')]), 'connect').kind).toBe(
      'connect_timeout',
    )
    expect(failureOf(new AggregateError([coded('ENETUNREACH'), coded('EHOSTUNREACH')]), 'connect').kind).toBe(
      'unreachable',
    )
    expect(failureOf(new AggregateError([coded('ENETUNREACH')]), 'connect').kind).toBe('egress_down')
    expect(failureOf(new AggregateError([coded('EMFILE'), coded('ECONNREFUSED')]), 'connect').kind).toBe(
      'resources_exhausted',
    )
  })

  it('passes on what we said ourselves', () => {
    expect(failureOf(new CallError(failed('client_gone')), 'body').kind).toBe('client_gone')
  })

  it.each([null, undefined, 'text', {}, { code: 7 }])('survives %j', (error) => {
    expect(failureOf(error, 'request').kind).toBe('reset')
  })
})

it.skipIf(process.platform === 'win32')('a process without file descriptors blames itself', async () => {
  const script = `
    const { openSync } = await import('node:fs')
    const { createProber } = await import('./lib/adapters/http/prober.ts')
    const prober = createProber({ clock: { now: () => performance.now() }, secrets: { open: (s) => s }, resolveReference: () => null, targets: { private: true, loopback: true } })
    const held = []
    try { for (;;) held.push(openSync('/dev/null')) } catch {}
    const raw = await prober.probe(JSON.parse(process.argv[1]), { timeoutMs: 10000, signal: new AbortController().signal })
    process.stdout.write(JSON.stringify(raw))
    process.exit()`
  const { stdout } = await promisify(execFile)('/bin/sh', [
    '-c',
    'ulimit -n 256 && exec "$0" "$@"',
    process.execPath,
    '--input-type=module',
    '-e',
    script,
    JSON.stringify(provider({ baseUrl: 'http://127.0.0.1:9' })),
  ])
  expect((JSON.parse(stdout) as RawResult).failure).toEqual({
    kind: 'resources_exhausted',
    message: 'out of file descriptors here',
  })
})
