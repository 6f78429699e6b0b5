import type { AccountView } from '#lib/contract/account.ts'
import { plural } from './format.ts'

/** How many may sign in, and how many of them by a password alone: `3 users may sign in, 1 without a second factor; 1 is disabled.` */
export function usersSummary(users: readonly Pick<AccountView, 'disabled' | 'hasSecondFactor'>[]): string {
  const enabled = users.filter(({ disabled }) => !disabled)
  const alone = enabled.filter(({ hasSecondFactor }) => !hasSecondFactor).length
  const disabled = users.length - enabled.length
  const factor = alone === 0 ? 'each with a second factor' : `${alone} without a second factor`
  const rest = disabled === 0 ? '' : `; ${disabled} ${disabled === 1 ? 'is' : 'are'} disabled`
  return `${plural(enabled.length, 'user')} may sign in, ${factor}${rest}.`
}
