/** The client's request id when it is a plain short word, otherwise a new one. */
export function requestIdOf(given: string | string[] | undefined, newId: () => string): string {
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : newId()
}
