import type { AccountView } from '#lib/contract/account.ts'
import { iso } from '../present/time.ts'
import type { Account } from './sign-in.ts'

/** An account as the wire shows it. */
export const presentAccount = ({ createdAt, ...account }: Account): AccountView => ({
  ...account,
  createdAt: iso(createdAt),
})
