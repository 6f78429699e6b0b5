/** US dollars per 1,000,000 tokens; null where nobody has said. */
export type TokenPrices = { priceIn: number | null; priceOut: number | null }

/** What a completion cost in US dollars; null when its tokens or a price that they need are not known. */
export function completionCostUsd(
  usage: { inputTokens: number; outputTokens: number } | null,
  prices: TokenPrices,
): number | null {
  if (usage === null || prices.priceIn === null || prices.priceOut === null) return null
  return (usage.inputTokens * prices.priceIn + usage.outputTokens * prices.priceOut) / 1_000_000
}

/**
 * Whether a paid check may run: not when its budget needs prices that are missing, and not once the day's budget is
 * spent. `budgetUsd` null sets no limit; a budget is overrun by at most the one check that crosses it.
 */
export function probeBudget(
  spentUsd: number,
  budgetUsd: number | null,
  prices: TokenPrices,
): 'run' | 'prices_missing' | 'budget_spent' {
  if (budgetUsd === null) return 'run'
  if (prices.priceIn === null || prices.priceOut === null) return 'prices_missing'
  return spentUsd >= budgetUsd ? 'budget_spent' : 'run'
}
