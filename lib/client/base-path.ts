/** Where the console is under its host; empty at the root. Next writes it in when it builds. */
const BASE_PATH = process.env.SWITCHYARD_BASE_PATH ?? ''

/** The address of one of our own paths, for what does not go through Next's links and router. */
export const addressOf = (path: string): string => `${BASE_PATH}${path}`

/** The path inside the console of an address on this host, as the router takes it; null when it is outside. */
export function pathOf(address: string): string | null {
  if (!address.startsWith(BASE_PATH)) return null
  const rest = address.slice(BASE_PATH.length)
  if (rest === '' || /^[?#]/.test(rest)) return `/${rest}`
  return rest.startsWith('/') ? rest : null
}
