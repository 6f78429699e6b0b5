import { isolated } from './isolated.ts'

/** Names in a sentence: "a", "a and b", "a, b and c", "a, b, c and 4 more". */
export function nameList(names: readonly string[], most = 3): string {
  const shown = names.slice(0, most).map(isolated)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}
