import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDecision } from '#lib/services/routing/read-decisions.ts'
import { chatApi, completionsApi } from './apis/chat.ts'
import { messagesApi } from './apis/messages.ts'
import { responsesApi } from './apis/responses.ts'
import { errorAnswer } from './error-answer.ts'
import { GATEWAY_ERRORS, gatewayError, type GatewayErrorCode, type MayRetry } from './errors.ts'
import { answers } from './testing/faulty-upstream.fixture.ts'
import { ask, CHAT, stageGateway } from './testing/stage-gateway.fixture.ts'

const DOCUMENT = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'gateway-errors.md'), 'utf8')
const RETRY_WORDS: Readonly<Record<MayRetry, string>> = {
  yes: 'yes',
  no: 'no',
  after_wait: 'after a wait',
}

/** The rows of the table whose first column is `code`, each as its cells. */
function rowsOfTable(): string[][] {
  const lines = DOCUMENT.split('\n')
  const head = lines.findIndex((line) => /^\| code\s/.test(line))
  const rows = lines.slice(head + 2)
  const cells = (row: string) => row.split('|').slice(1, -1)
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith('|')),
    )
    .map((row) => cells(row).map((cell) => cell.trim().replaceAll('`', '')))
}

const blocksOf = (language: string): string[] =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '')

const codes = Object.keys(GATEWAY_ERRORS) as GatewayErrorCode[]

describe('the document of the gateway’s errors', () => {
  it('lists every error as it is answered, and no other', () => {
    const wanted = Object.entries(GATEWAY_ERRORS).map(([code, error]) => [
      code,
      String(error.status),
      error.openai,
      error.anthropic,
      RETRY_WORDS[error.mayRetry],
      error.when.replaceAll('`', ''),
    ])
    expect(rowsOfTable()).toEqual(wanted)
  })

  it('shows errors as they are sent', () => {
    const stopping = gatewayError('stopping', 'Switchyard is stopping.')
    expect(blocksOf('json').map((text) => JSON.parse(text) as unknown)).toEqual(
      [chatApi, messagesApi].map(({ errorBody }) => JSON.parse(errorBody(stopping)) as unknown),
    )
  })

  it('shows errors inside streams as they are sent', () => {
    const broken = gatewayError('stream_broken', "The provider's stream broke off: connection reset.")
    const frames = [chatApi, responsesApi, messagesApi].map(({ errorFrame }) => errorFrame(broken))
    expect(blocksOf('text').map((text) => `${text}\n`)).toEqual(frames)
    expect(completionsApi.errorFrame(broken)).toBe(frames[0])
  })
})

describe.each([
  ['OpenAI', chatApi],
  ['OpenAI Responses', responsesApi],
  ['Anthropic', messagesApi],
] as const)('an error for a client of %s', (_name, shape) => {
  it.each(codes)('%s says its code and whether to come back', (code) => {
    const { status, headers, body } = errorAnswer(gatewayError(code, 'in words', null), shape)
    const { mayRetry, status: wanted, openai, anthropic } = GATEWAY_ERRORS[code]
    expect(status).toBe(wanted)
    expect(headers[headers.indexOf('x-should-retry') + 1]).toBe(mayRetry === 'no' ? 'false' : 'true')
    expect(headers).not.toContain('retry-after')
    const type = shape.api === 'messages' ? anthropic : openai
    expect(JSON.parse(body)).toMatchObject({ error: { code, type, message: 'in words' } })
  })

  it.each([
    [1, '1', '1'],
    [1_500, '2', '1500'],
    [60_000, '60', '60000'],
  ])('to come back in %i ms is told in whole seconds and in ms', (ms, seconds, exact) => {
    const { headers } = errorAnswer(gatewayError('no_provider', 'in words', ms), shape)
    expect(headers.slice(-4)).toEqual(['retry-after', seconds, 'retry-after-ms', exact])
  })
})

describe('the request id that a client was given', () => {
  it('finds the decision, with the attempt that failed', async () => {
    const stage = await stageGateway()
    stage.upstream().does(answers(500, '<html>boom</html>', { 'content-type': 'text/html' }))
    const { status, headers } = await stage.send(CHAT, ask())
    expect(status).toBe(502)
    expect(await readDecision(stage.engine, String(headers['x-request-id']))).toMatchObject({
      id: headers['x-switchyard-decision'],
      attempts: [{ providerId: 'acme', class: 'provider_error', httpStatus: 500 }],
    })
  })

  it('finds none where no provider was looked for', async () => {
    const stage = await stageGateway()
    const { headers } = await stage.send(CHAT, 'not JSON')
    expect(headers).not.toHaveProperty('x-switchyard-decision')
    await expect(readDecision(stage.engine, String(headers['x-request-id']))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
