import type { AccountQuery, AccountStore } from '#lib/services/ports.ts'

const MODELS = ['user', 'session', 'account', 'verification', 'twoFactor'] as const
const METHODS = [
  'create',
  'findFirst',
  'findMany',
  'count',
  'update',
  'updateMany',
  'delete',
  'deleteMany',
] as const satisfies readonly AccountQuery['method'][]

type Delegate = Record<AccountQuery['method'], (args: unknown) => Promise<unknown>>

/** What better-auth's Prisma adapter calls, in place of a client of Prisma: each call goes to the database's own thread. */
export const clientOfStore = ({ ask }: AccountStore): Record<AccountQuery['model'], Delegate> =>
  byName(MODELS, (model) => byName(METHODS, (method) => (args: unknown) => ask({ model, method, args })))

const byName = <Name extends string, Value>(names: readonly Name[], valueOf: (name: Name) => Value) =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>
