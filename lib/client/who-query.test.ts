import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import type { Who } from '#lib/contract/account.ts'
import { recheckWho, whoQuery } from './who-query.ts'

const ADA = { state: 'signed_in' } as Who

/** A browser's cache in which it is known who is there, and how often that was asked. */
async function browser(who: Who = ADA) {
  const client = new QueryClient()
  let asked = 0
  await client.query({
    queryKey: whoQuery().queryKey,
    queryFn: () => {
      asked += 1
      return who
    },
  })
  return { client, asked: () => asked }
}

/** Something that is sent, and whose answer is awaited until it answers or fails. */
function sent(client: QueryClient, mutationKey: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<null>()
  const outcome = new MutationObserver(client, { mutationKey, mutationFn: () => promise }).mutate()
  return {
    outcome: outcome.catch(() => null),
    answer: () => resolve(null),
    fail: () => reject(new Error('It was refused.')),
  }
}

describe('a call that was turned away', () => {
  it('has who is there asked anew', async () => {
    const { client, asked } = await browser()
    await recheckWho(client)
    expect(asked()).toBe(2)
  })

  it.each(['open', 'signed_out'] as const)('changes nothing where it is known to be %s', async (state) => {
    const { client, asked } = await browser({ state } as Who)
    await recheckWho(client)
    expect(asked()).toBe(1)
  })

  it.each(['answer', 'fail'] as const)(
    'waits for a change of one’s own, which may bring another session, to %s',
    async (how) => {
      const { client, asked } = await browser()
      const change = sent(client, ['profile', 'second-factor', 'confirm'])
      const rechecked = recheckWho(client)
      await new Promise((turn) => setImmediate(turn))
      expect(asked()).toBe(1)
      change[how]()
      await Promise.all([change.outcome, rechecked])
      expect(asked()).toBe(2)
    },
  )

  it('waits for nothing else', async () => {
    const { client, asked } = await browser()
    const other = sent(client, ['users', 'add'])
    await recheckWho(client)
    expect(asked()).toBe(2)
    other.answer()
    await other.outcome
  })
})
