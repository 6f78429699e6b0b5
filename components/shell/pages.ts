/** The console's pages, in the order of the bar; `key` follows `g`. */
export const PAGES = [
  { href: '/', label: 'Overview', key: 'o' },
  { href: '/circuits', label: 'Circuits', key: 'c' },
  { href: '/routing', label: 'Routing', key: 'r' },
  { href: '/incidents', label: 'Incidents', key: 'i' },
  { href: '/audit', label: 'Audit', key: 'a' },
  { href: '/settings', label: 'Settings', key: 's' },
] as const

export type PageHref = (typeof PAGES)[number]['href']

/** Where `g` and a key go: the pages, and the part of the settings that every page's rows come from. */
export const PLACES = [...PAGES, { href: '/settings/providers', label: 'Providers', key: 'p' }] as const

/** Which of the pages a path belongs to: a provider's page belongs to the overview, one's own profile to none. */
export function pageOf(pathname: string): PageHref | null {
  const [, first = ''] = pathname.split('/')
  if (first === 'profile') return null
  return PAGES.find(({ href }) => href === `/${first}`)?.href ?? '/'
}
