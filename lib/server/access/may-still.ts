import { isAppError } from '#lib/domain/errors.ts'
import type { Operation } from '../operation.ts'
import type { Access } from './access.ts'
import { authorise } from './authorise.ts'
import type { Client } from './client.ts'

/**
 * Whether who sent these headers is still let in, for what outlives its request. Rejects where it cannot be told, as
 * when the database is away.
 */
export async function mayStill(
  { identify }: Pick<Access, 'identify'>,
  headers: Headers,
  { client, access }: { client: Client; access: Operation['access'] },
): Promise<boolean> {
  if (access === 'everyone') return true
  try {
    authorise(await identify(headers, client), access)
    return true
  } catch (error) {
    if (isAppError(error) && (error.code === 'unauthenticated' || error.code === 'forbidden')) return false
    throw error
  }
}
