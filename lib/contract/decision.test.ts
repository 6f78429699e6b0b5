import { describe, expect, it } from 'vitest'
import { selectSchema } from './decision.ts'

/** What the schema says is wrong with the request, as the simulator shows it at the field. */
const complaints = (request: object) =>
  selectSchema.safeParse(request).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('a request that is described for a selection', () => {
  it.each<[request: object, complaint: string]>([
    [{ estimatedTokens: Number.NaN }, 'estimatedTokens: a whole number'],
    [{ estimatedTokens: 1.5 }, 'estimatedTokens: a whole number'],
    [{ estimatedTokens: -1 }, 'estimatedTokens: at least 0'],
    [{ estimatedTokens: 100_000_001 }, 'estimatedTokens: at most 100000000'],
    [{ requestBytes: Number.NaN }, 'requestBytes: a whole number'],
  ])('is told what is wrong with its numbers: %o', (request, complaint) => {
    expect(complaints(request)).toEqual([complaint])
  })
})
