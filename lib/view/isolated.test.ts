import { describe, expect, it } from 'vitest'
import { isolated } from './isolated.ts'

describe('isolated', () => {
  it.each(['مزود النماذج', 'ספק', 'prod ספק 2'])('sets %j apart from the sentence around it', (name) =>
    expect(isolated(name)).toBe(`\u2068${name}\u2069`),
  )

  it.each(['', 'OpenAI production', 'Überlingen', '供应商', '🚀'])('leaves %j as it is', (name) =>
    expect(isolated(name)).toBe(name),
  )
})
