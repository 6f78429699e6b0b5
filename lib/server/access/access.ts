import type { Principal } from '#lib/domain/access/principal.ts'
import type { Client } from './client.ts'

/** Tells who stands behind a request. */
export type Access = {
  /** Null for somebody who has not signed in. Throws `unavailable` when that cannot be told. */
  identify: (headers: Headers, client: Client) => Promise<Principal | null>
}

/** A console that asks nobody to sign in. */
export const openAccess: Access = { identify: () => Promise.resolve({ kind: 'anyone' }) }
