import type { PrismaClient } from '#prisma/generated/client.ts'
import type { AccountQuery } from '#lib/services/ports.ts'

type Delegate = Record<AccountQuery['method'], (args: unknown) => Promise<unknown>>

/** Answers a question about who may sign in. What a row was not found for comes back as null, as it does for `findFirst`. */
export async function answerAccounts(
  client: PrismaClient,
  { model, method, args }: AccountQuery,
): Promise<unknown> {
  // The library that asks knows the tables by their names alone; the port's types say which there are.
  const delegate = client[model] as unknown as Delegate
  try {
    return await delegate[method](args)
  } catch (error) {
    if (isMissing(error) && (method === 'update' || method === 'delete')) return null
    throw error
  }
}

/** Prisma's code for "a record that the operation depends on was not found". */
const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2025'
