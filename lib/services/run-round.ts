import type { Check } from '#lib/contract/check.ts'
import type { Engine } from './engine.ts'
import { presentCheck } from './present/check.ts'

/** Runs every check that is due, or all, within `deadlineMs`; says how many were left for the next round. */
export async function runRound(
  { scheduler }: Engine,
  options: { all: boolean; deadlineMs: number },
): Promise<{ results: Check[]; remaining: number }> {
  const { results, remaining } = await scheduler.runRound(options)
  return { results: results.map(presentCheck), remaining }
}
