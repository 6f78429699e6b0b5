import type { AccountQuery } from '#lib/services/ports.ts'

/** What the writing thread is asked about who may sign in. It reads too: there is little of it, and none of it stale. */
export type AccountsRequest = { type: 'accounts'; query: AccountQuery }
