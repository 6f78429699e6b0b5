import type { Client } from './client.ts'

/** The request header by which a page learns who its client is; what a client sends under that name is dropped. */
export const CLIENT_HEADER = 'x-switchyard-page-client'

/** Of whom nothing is known, nothing is believed. */
const STRANGER: Client = { address: '', isSecure: false, isLocal: false, isProxied: false }

export const clientHeader = (client: Client): string => JSON.stringify(client)

/** The client of a page's request. */
export function clientOfPage(headers: Pick<Headers, 'get'>): Client {
  const text = headers.get(CLIENT_HEADER)
  // Our own listener wrote it just now.
  return text === null ? STRANGER : (JSON.parse(text) as Client)
}
