// Loaded by a console's process before anything else: writes down whatever it answers, to whomever, byte for byte, so
// that a test can look for secrets in it. What a browser keeps would lack downloads, streams, and pages it has left.
import { appendFileSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { AnswerHead } from './recorded-answers.ts'

const FOLDER = process.env['E2E_ANSWERS'] ?? ''
/** The console's own scripts and styles, megabytes of them, which are made before there is a secret. */
const IS_BUILT = /\/_next\/static\//

type Write = (this: ServerResponse, ...args: unknown[]) => unknown

let count = 0
const files = new WeakMap<ServerResponse, string>()
const prototype = ServerResponse.prototype as unknown as Record<'writeHead' | 'write' | 'end', Write>
const { writeHead } = prototype

prototype.writeHead = function (...args) {
  const { method = '', url = '' } = this.req
  if (!IS_BUILT.test(url)) {
    count += 1
    const path = join(FOLDER, `${process.pid}-${count}`)
    // Headers that are only given here are among the arguments.
    const [status, ...given] = args
    const headers = { ...this.getHeaders(), given } as AnswerHead['headers']
    files.set(this, path)
    const head: AnswerHead = { method, url, status: Number(status), headers }
    appendFileSync(path, `${JSON.stringify(head)}\n`)
  }
  return writeHead.apply(this, args)
}

for (const name of ['write', 'end'] as const) {
  const original = prototype[name]
  prototype[name] = function (...args) {
    // It sends the head where that has not gone yet, for which Node itself calls `writeHead`.
    const result = original.apply(this, args)
    const path = files.get(this)
    if (path !== undefined) keep(path, args)
    return result
  }
}

function keep(path: string, [chunk, encoding]: unknown[]): void {
  if (typeof chunk === 'string')
    appendFileSync(path, chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
  else if (chunk instanceof Uint8Array) appendFileSync(path, chunk)
}
