import { describe, expect, it } from 'vitest'
import { cronWords } from './cron-words.ts'

describe('cronWords', () => {
  it.each([
    ['0 2 * * 0', 'every Sunday at 02:00'],
    ['0 2 * * 7', 'every Sunday at 02:00'],
    ['30 22 * * mon,Thu', 'every Monday and Thursday at 22:30'],
    ['5 8 * * 1-5', 'Monday to Friday at 08:05'],
    ['0 0 1 * *', 'on day 1 of each month at 00:00'],
    ['15 * * * *', 'every hour at 15 past'],
    ['15 * * * 2', 'every Tuesday every hour at 15 past'],
    ['*/20 * * * *', 'every 20 minutes'],
    [' 0  6,18 * * * ', 'every day at 06:00 and 18:00'],
  ])('%s: %s', (cron, words) => {
    expect(cronWords(cron)).toBe(words)
  })

  it.each([
    '',
    '0 2 * *',
    '0 2 * * * *',
    '0 24 * * *',
    '60 2 * * *',
    '0 2 1 * 1',
    '0 2 * 1 *',
    '0 2 0 * *',
    '1-5 2 * * *',
    '0 2 * * 8',
    '0 2 * * L',
  ])('says nothing of %j rather than something wrong', (cron) => {
    expect(cronWords(cron)).toBeNull()
  })
})
