/** How many checks of one step passed and failed; `note` is what a reader should know besides. */
export type Tally = { passed: number; failed: number; note: string | null }

/** A step that is one check: its exit code decides. */
export const tallyOfExit = (code: number): Tally => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
  note: null,
})

/** Vitest's JSON report as a tally. A failure the report does not show (a file that did not load, a stray rejection) counts as one. */
export function tallyOfVitest(code: number, report: unknown): Tally {
  const counts = report as Partial<
    Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests', number>
  > | null
  return honest(code, {
    passed: counts?.numPassedTests ?? 0,
    failed: counts?.numFailedTests ?? 0,
    skipped: counts?.numPendingTests ?? 0,
  })
}

/** Playwright's JSON report as a tally; a flaky test is a failed one. */
export function tallyOfPlaywright(code: number, report: unknown): Tally {
  const stats = (
    report as { stats?: Partial<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>> } | null
  )?.stats
  return honest(code, {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  })
}

function honest(code: number, counts: { passed: number; failed: number; skipped: number }): Tally {
  const { passed, skipped } = counts
  const nothingRan = passed + counts.failed === 0
  const failed = (code !== 0 || nothingRan) && counts.failed === 0 ? 1 : counts.failed
  const notes = [nothingRan ? 'no test ran' : null, skipped > 0 ? `${skipped} skipped` : null]
  return { passed, failed, note: notes.filter((note) => note !== null).join(', ') || null }
}

/** What a command of ours says of its checks in its last line; one that says nothing of the kind has failed. */
export function tallyOfOutput(code: number, output: string): Tally {
  const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? []
  return honest(code, { passed: Number(passed ?? 0), failed: Number(failed ?? 0), skipped: 0 })
}

/** The sum of all steps as one plain line. */
export function lastLine(tallies: readonly Tally[]): string {
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((total, tally) => total + pick(tally), 0)
  return `${sum((tally) => tally.passed)} passed, ${sum((tally) => tally.failed)} failed`
}
