/** Where a request comes from, as the connection and the proxies that are trusted tell. */
export type Client = {
  address: string
  /** Whether it came by TLS, to us or to the proxy before us. */
  isSecure: boolean
  /** Whether it is a program or a browser of this machine with nothing in between. */
  isLocal: boolean
  /** Whether a proxy that is trusted has passed it on, whose headers about it are believed. */
  isProxied: boolean
}

/** Whoever calls a handler without a connection is this process itself. */
export const OURSELVES: Client = { address: '127.0.0.1', isSecure: false, isLocal: true, isProxied: false }
