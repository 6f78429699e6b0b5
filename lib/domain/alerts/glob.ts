/**
 * Whether `text` matches a pattern in which `*` stands for any characters, also none, and `?` for one; everything else
 * stands for itself, letters of either case. Takes at most as many steps as both lengths multiplied.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = text.toLowerCase()
  let at = 0
  let next = 0
  // Only the latest star is ever stretched: what an earlier one could take, the later one can too.
  let star = -1
  let starAt = 0
  while (at < given.length) {
    if (wanted[next] === '*') {
      star = next
      starAt = at
      next += 1
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === given[at])) {
      at += 1
      next += 1
    } else if (star >= 0) {
      starAt += 1
      at = starAt
      next = star + 1
    } else return false
  }
  while (wanted[next] === '*') next += 1
  return next === wanted.length
}
