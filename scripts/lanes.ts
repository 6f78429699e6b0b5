/** Runs a job for each item, at most `lanes` at the same time: the next begins when one ends. Results are in the items' order. */
export async function runInLanes<Item, Result>(
  lanes: number,
  items: readonly Item[],
  run: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const waiting = items.entries()
  const lane = async () => {
    for (const [place, item] of waiting) results[place] = await run(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
