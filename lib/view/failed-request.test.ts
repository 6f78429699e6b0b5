import { describe, expect, it } from 'vitest'
import { failedRequestWords } from './failed-request.ts'

const refused = 'The note was not written'

describe('a request that failed', () => {
  it('was not done where the server says so, in its own words where it has some', () => {
    expect(failedRequestWords({ isAnswered: true })).toEqual({ title: 'Nothing was changed', advice: null })
    expect(failedRequestWords({ isAnswered: true, refused })).toEqual({ title: refused, advice: null })
  })

  it.each([undefined, refused])(
    'is not confirmed where nothing was answered, whatever a refusal means: %s',
    (words) => {
      expect(failedRequestWords({ isAnswered: false, refused: words })).toEqual({
        title: 'Not confirmed',
        advice: 'It may have been done before the connection broke: look before you try again.',
      })
    },
  )

  it('that changes nothing brought nothing, answered or not', () => {
    for (const isAnswered of [true, false])
      expect(failedRequestWords({ isAnswered, refused: 'Not decided', isQuestion: true })).toEqual({
        title: 'Not decided',
        advice: null,
      })
  })
})
