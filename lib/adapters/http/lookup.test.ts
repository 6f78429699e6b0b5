import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { createLookup, type Resolve } from './lookup.ts'

type Ask = Parameters<Resolve>[1]

const asked = (lookup: ReturnType<typeof createLookup>, all: boolean) =>
  new Promise<{ error: Error | null; address: string | LookupAddress[] }>((resolve) =>
    lookup('api.example', { all }, (error, address) => resolve({ error, address })),
  )

describe('createLookup', () => {
  it('asks once for callers at the same time, and anew afterwards', async () => {
    const waiting: Ask[] = []
    const lookup = createLookup((_name, answer) => waiting.push(answer))
    const both = Promise.all([asked(lookup, true), asked(lookup, false)])
    expect(waiting).toHaveLength(1)
    waiting[0]?.(null, [{ address: '192.0.2.1', family: 4 }])
    expect(await both).toEqual([
      { error: null, address: [{ address: '192.0.2.1', family: 4 }] },
      { error: null, address: '192.0.2.1' },
    ])
    void asked(lookup, true)
    expect(waiting).toHaveLength(2)
  })

  it('refuses a name when any of its addresses is a metadata service', async () => {
    const lookup = createLookup((_name, answer) =>
      answer(null, [
        { address: '192.0.2.1', family: 4 },
        { address: 'fd00:ec2::254', family: 6 },
      ]),
    )
    expect((await asked(lookup, true)).error?.message).toContain(
      'fd00:ec2::254 is a metadata or link-local address',
    )
  })

  it('calls a name without an address not found', async () => {
    const lookup = createLookup((_name, answer) => answer(null, []))
    expect((await asked(lookup, true)).error).toMatchObject({ code: 'ENOTFOUND' })
  })
})
