import { describe, expect, it } from 'vitest'
import { lastLine, tallyOfExit, tallyOfOutput, tallyOfPlaywright, tallyOfVitest } from './tally.ts'

describe('tallies', () => {
  it.each([
    ['a command that is all green', 0, '✓ one\n\n2 passed, 0 failed\n', 2, 0],
    ['one that is red', 1, '✗ one\n1 passed, 3 failed\n', 1, 3],
    ['one that counts last what it says first', 0, '9 passed, 9 failed\n2 passed, 0 failed', 2, 0],
    ['one that broke off', 1, '1 passed, 0 failed\nError: no', 0, 1],
    ['one that says it is green and ends badly', 1, '1 passed, 0 failed\n', 1, 1],
  ])('%s', (_what, code, output, passed, failed) => {
    expect(tallyOfOutput(code, output)).toMatchObject({ passed, failed })
  })

  it.each([
    ['all green', 0, { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0 }, 7, 0, null],
    ['two red', 1, { numPassedTests: 5, numFailedTests: 2, numPendingTests: 0 }, 5, 2, null],
    ['a file that did not load', 1, { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0 }, 5, 1, null],
    ['no report at all', 1, null, 0, 1, 'no test ran'],
    [
      'nothing selected',
      0,
      { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 },
      0,
      1,
      'no test ran',
    ],
    [
      'a skipped one is told',
      0,
      { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1 },
      3,
      0,
      '1 skipped',
    ],
  ])('of vitest: %s', (_why, code, report, passed, failed, note) => {
    expect(tallyOfVitest(code, report)).toEqual({ passed, failed, note })
  })

  it.each([
    ['all green', 0, { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 0 } }, 4, 0],
    ['a flaky one is red', 0, { stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 0 } }, 4, 1],
    ['red', 1, { stats: { expected: 4, unexpected: 2, flaky: 0, skipped: 3 } }, 4, 2],
    ['a configuration that does not load', 1, null, 0, 1],
  ])('of Playwright: %s', (_why, code, report, passed, failed) => {
    expect(tallyOfPlaywright(code, report)).toMatchObject({ passed, failed })
  })

  it('ends in one plain line over all steps', () => {
    const tallies = [tallyOfExit(0), tallyOfExit(2), { passed: 40, failed: 3, note: null }]
    expect(lastLine(tallies)).toBe('41 passed, 4 failed')
    expect(lastLine([])).toBe('0 passed, 0 failed')
  })
})
