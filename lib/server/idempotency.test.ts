import { describe, expect, it } from 'vitest'
import { createIdempotency } from './idempotency.ts'

const request = { scope: 'POST /api/providers', key: 'a', body: '{"n":1}' }

function counted() {
  let runs = 0
  return { run: () => Promise.resolve({ status: 201, body: `run ${(runs += 1)}` }), runs: () => runs }
}

describe('a request with a key', () => {
  it('is done once and answered alike, also while the first is under way', async () => {
    const { once } = createIdempotency(() => 0)
    const { run, runs } = counted()
    const [first, second] = await Promise.all([once(request, run), once(request, run)])
    expect(second).toEqual(first)
    expect(await once(request, run)).toEqual({ status: 201, body: 'run 1' })
    expect(runs()).toBe(1)
  })

  it('is refused with another body', async () => {
    const { once } = createIdempotency(() => 0)
    const { run } = counted()
    await once(request, run)
    expect(() => once({ ...request, body: '{"n":2}' }, run)).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  it('is its own under another path or key', async () => {
    const { once } = createIdempotency(() => 0)
    const { run, runs } = counted()
    await once(request, run)
    await once({ ...request, scope: 'POST /api/outcomes' }, run)
    await once({ ...request, key: 'b' }, run)
    expect(runs()).toBe(3)
  })

  it('may be tried again when it failed, since nothing was changed', async () => {
    const { once } = createIdempotency(() => 0)
    const { run } = counted()
    await expect(once(request, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await once(request, run)).toMatchObject({ body: 'run 1' })
  })

  it('is forgotten after a day, and when ten thousand newer ones came', async () => {
    let now = 0
    const { once } = createIdempotency(() => now)
    const { run, runs } = counted()
    await once(request, run)
    now = 24 * 3_600_000 - 1
    await once(request, run)
    expect(runs()).toBe(1)
    now += 1
    await once(request, run)
    expect(runs()).toBe(2)
    for (let n = 0; n < 9_999; n += 1) await once({ ...request, key: `k${n}` }, run)
    await once(request, run)
    expect(runs()).toBe(2 + 9_999)
    await once({ ...request, key: 'one more' }, run)
    await once(request, run)
    expect(runs()).toBe(2 + 9_999 + 2)
  })
})
