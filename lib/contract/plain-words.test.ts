import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { plainWords } from './plain-words.ts'

const said = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: plainWords }).error?.issues[0]?.message

const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  z.object({ type: z.literal('tags') }),
])

describe('what is wrong with a value whose schema has no words of its own', () => {
  it.each<[schema: z.ZodType, value: unknown, words: string]>([
    [z.object({ name: z.string() }), {}, 'is needed'],
    [z.string(), 4, 'write a text'],
    [z.number(), null, 'write a number'],
    [z.number(), NaN, 'write a number'],
    [z.int(), 'four', 'write a number'],
    [z.int(), 1.5, 'write a whole number'],
    [z.boolean(), 'yes', 'true or false'],
    [z.array(z.string()), 'a', 'a list'],
    [z.tuple([z.number(), z.number()]), {}, 'a list'],
    [z.strictObject({}), [], 'an object'],
    [z.record(z.string(), z.string()), 'a', 'an object'],
    [z.date(), 'a', 'of another type'],
    [z.enum(['get', 'post']), 'put', 'one of get, post'],
    [z.literal('all'), 'some', 'one of all'],
    [shape, { type: 'routes' }, 'one of all, tags'],
    [z.string().min(1), '', 'at least 1 character'],
    [z.string().max(3), 'abcd', 'at most 3 characters'],
    [z.array(z.string()).max(1), ['a', 'b'], 'at most 1 in the list'],
    [z.number().min(2), 1, 'at least 2'],
    [z.number().gt(2), 2, 'more than 2'],
    [z.number().max(2), 3, 'at most 2'],
    [z.number().lt(2), 2, 'less than 2'],
    [z.iso.datetime(), 'noon', 'a date and time, such as 2026-01-31T12:00:00Z'],
    [z.email(), 'ann', 'an e-mail address'],
    [z.string().regex(/^a/), 'b', 'not written as it must be'],
    [z.union([z.string(), z.number()]), true, 'none of the forms it may have'],
    [z.strictObject({ a: z.string().optional() }), { b: 1, c: 2 }, 'there is no such field: b, c'],
  ])('%#: is said plainly', (schema, value, words) => expect(said(schema, value)).toBe(words))

  it('leaves the schema its own words', () => {
    expect(said(z.string().min(1, 'write a name'), '')).toBe('write a name')
  })
})
