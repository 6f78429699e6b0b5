import { describe, expect, it } from 'vitest'
import { selectSchema } from '#lib/contract/decision.ts'
import { API_OPTIONS, EMPTY_SIMULATOR_FORM, simulatorInput } from './simulator-form.ts'

const input = (over: Partial<typeof EMPTY_SIMULATOR_FORM>) =>
  simulatorInput({ ...EMPTY_SIMULATOR_FORM, ...over })

describe('simulatorInput', () => {
  it('leaves out what is empty', () => {
    expect(input({})).toEqual({ input: { api: 'chat' }, errors: {} })
    expect(input({ model: ' gpt-4o ', estimatedTokens: 0 }).input).toEqual({
      api: 'chat',
      model: 'gpt-4o',
      estimatedTokens: 0,
    })
  })

  it('reads a header and a metadata value from each line', () => {
    const { input: sent, errors } = input({
      headers: 'x-tier: gold\n\nx-url: http://a:1',
      metadata: 'team = search',
    })
    expect(errors).toEqual({})
    expect(sent).toEqual({
      api: 'chat',
      headers: { 'x-tier': 'gold', 'x-url': 'http://a:1' },
      metadata: { team: 'search' },
    })
    expect(selectSchema.safeParse(sent).success).toBe(true)
  })

  it('says through which API it is asked, one that the server knows', () => {
    for (const { value } of API_OPTIONS)
      expect(selectSchema.parse(input({ api: value }).input)).toEqual({ api: value })
  })

  it.each([
    ['gold', 'write “name: value”, not “gold”'],
    [': gold', 'write “name: value”, not “: gold”'],
  ])('complains about a line without a name: %s', (headers, message) => {
    expect(input({ headers }).errors).toEqual({ headers: message })
  })

  it('complains about metadata in its own words', () => {
    expect(input({ metadata: 'team' }).errors).toEqual({ metadata: 'write “name = value”, not “team”' })
  })
})
