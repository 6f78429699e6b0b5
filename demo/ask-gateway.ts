import type { Question } from './questions.ts'

/** What an application made of its answer. */
export type Ending = 'ok' | 'failed' | 'gave_up'

type AskOptions = { timeoutMs: number; signal: AbortSignal }

/** Sends one request to the gateway and reads its answer to the end, as an application does; never rejects. */
export async function askGateway(
  gatewayUrl: string,
  { path, headers, body, patienceMs }: Question,
  { timeoutMs, signal }: AskOptions,
): Promise<Ending> {
  const patience = AbortSignal.timeout(patienceMs ?? timeoutMs)
  try {
    const response = await fetch(new URL(path, gatewayUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.any([signal, patience]),
    })
    const text = await response.text()
    return response.ok && !isErrorStream(text) ? 'ok' : 'failed'
  } catch {
    return signal.aborted || (patienceMs !== null && patience.aborted) ? 'gave_up' : 'failed'
  }
}

/** A stream that broke says so in an event of its own. */
const isErrorStream = (text: string) => /^(?:event: error|data: {"error")/m.test(text)
