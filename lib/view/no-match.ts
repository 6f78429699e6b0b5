/** What a list can be narrowed by, as its control calls it (empty: the value says it all); null or blank: it is not. */
export type Filter = readonly [name: string, value: string | null]

/** The filters that narrow a list now, in words: `route “chat”`, `“Failed only”`. */
export const filtersInForce = (filters: readonly Filter[]): readonly string[] =>
  filters.flatMap(([name, value]) => {
    const text = value?.trim() ?? ''
    return text === '' ? [] : [name === '' ? `“${text}”` : `${name} “${text}”`]
  })

/** Why a list that is narrowed shows nothing: `No provider matches “azure” and status “Unhealthy”.` */
export function noMatchWords(thing: string, inForce: readonly string[]): string {
  const last = inForce.at(-1) ?? 'this'
  const before = inForce.slice(0, -1).join(', ')
  return `No ${thing} matches ${before === '' ? last : `${before} and ${last}`}.`
}
