import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { schemaResolver } from './schema-resolver.ts'

const schema = z.object({ name: z.string().trim().min(3), seats: z.number().max(5, 'five seats at most') })
const options = { fields: {}, shouldUseNativeValidation: false }
const judged = (form: z.input<typeof schema>, words?: Parameters<typeof schemaResolver>[1]) =>
  schemaResolver(schema, words)(form, undefined, options)

describe('a form that is held to a schema', () => {
  it('gives what the schema makes of it', async () => {
    expect(await judged({ name: ' chat ', seats: 5 })).toEqual({
      values: { name: 'chat', seats: 5 },
      errors: {},
    })
  })

  it('is told in plain words what is wrong, and in the schema’s own where it has some', async () => {
    expect(await judged({ name: 'ab', seats: 6 })).toMatchObject({
      errors: { name: { message: 'at least 3 characters' }, seats: { message: 'five seats at most' } },
    })
  })

  it('is told so in the words of its own that it brings', async () => {
    expect(await judged({ name: 'ab', seats: 5 }, () => 'too short')).toMatchObject({
      errors: { name: { message: 'too short' } },
    })
  })
})
