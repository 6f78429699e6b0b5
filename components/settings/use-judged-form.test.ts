import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { judgeBy } from './use-judged-form.ts'

type Form = { name: string; limits: { most: string } }

const schema = z.object({
  name: z.string().min(3, 'at least 3 characters'),
  limits: z.object({ most: z.number().max(5, 'at most 5') }),
})
const inputOf = ({ name, limits }: Form) => ({
  name: name.trim(),
  limits: { most: limits.most === '' ? null : Number(limits.most) },
})
const options = { fields: {}, shouldUseNativeValidation: false }
const judged = (form: Form, words?: Parameters<typeof judgeBy>[2]) =>
  judgeBy<Form>(schema, inputOf, words)(form, undefined, options)

describe('a schema of the wire as a judge of a form', () => {
  it('has nothing against what the server would take', async () => {
    expect(await judged({ name: ' chat ', limits: { most: '5' } })).toEqual({})
  })

  it('judges what would be sent, and complains at the form’s own paths', async () => {
    expect(await judged({ name: ' ab ', limits: { most: '6' } })).toMatchObject({
      name: { message: 'at least 3 characters' },
      limits: { most: { message: 'at most 5' } },
    })
  })

  it('asks for a number where there is none, or in the form’s own words', async () => {
    const form = { name: 'chat', limits: { most: '' } }
    expect(await judged(form)).toMatchObject({ limits: { most: { message: 'write a number' } } })
    expect(await judged(form, ({ path }) => `write ${String(path?.at(-1))}`)).toMatchObject({
      limits: { most: { message: 'write most' } },
    })
  })
})
