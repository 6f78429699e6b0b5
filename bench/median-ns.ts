const ROUNDS = 7

/** The median over rounds of ns a call, after one round to warm up. */
export async function medianNs(calls: number, run: () => void | Promise<void>): Promise<number> {
  const rounds: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const startedAt = process.hrtime.bigint()
    await run()
    if (round > 0) rounds.push(Number(process.hrtime.bigint() - startedAt) / calls)
  }
  return rounds.sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN
}
