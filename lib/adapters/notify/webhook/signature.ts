import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'
const KEY_BYTES = { least: 24, most: 64 }

/** What is signed: an id that stays over all attempts, when this one was made (epoch ms), the body as it is sent. */
type Signed = { id: string; at: number; body: string }

/**
 * The headers of Standard Webhooks (its specification, "signature scheme"): `webhook-id`, `webhook-timestamp` in
 * seconds, and `webhook-signature`, `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. The last only with a
 * secret; null for a secret that is not `whsec_` and the base64 of 24 to 64 bytes.
 */
export function webhookHeaders(signed: Signed, secret: string | null): Record<string, string> | null {
  const { id, at, body } = signed
  const timestamp = String(Math.floor(at / 1_000))
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp }
  if (secret === null) return headers
  const key = keyOf(secret)
  if (key === null) return null
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { ...headers, 'webhook-signature': `v1,${signature}` }
}

function keyOf(secret: string): Buffer | null {
  if (!secret.startsWith(PREFIX)) return null
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
  return key.length >= KEY_BYTES.least && key.length <= KEY_BYTES.most ? key : null
}
