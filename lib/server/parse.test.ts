import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { parseInput } from './parse.ts'

const schema = z.strictObject({
  name: z.string().min(1, 'write a name'),
  weight: z.number().max(5).optional(),
  kind: z.enum(['openai', 'http']),
})

describe('what a caller gave', () => {
  it('is read by the schema', () => {
    expect(parseInput(schema, { name: 'acme', kind: 'http' }, 'body')).toEqual({ name: 'acme', kind: 'http' })
  })

  it('is complained about at each field, in the schema’s words and else in ours', () => {
    const given = { name: '', weight: 'much', speed: 4 }
    expect(() => parseInput(schema, given, 'body')).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        message: 'The body is not right: name: write a name (and 3 more).',
        fields: [
          { path: 'name', message: 'write a name' },
          { path: 'weight', message: 'write a number' },
          { path: 'kind', message: 'one of openai, http' },
          { path: 'speed', message: 'there is no such field' },
        ],
      }),
    )
  })
})
