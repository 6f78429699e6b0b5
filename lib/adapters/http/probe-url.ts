/**
 * `path` under `base`, keeping the queries of both. A path can climb with `../` but never leave the base's host,
 * whatever it contains.
 */
export function under(base: URL, path: string): URL {
  const folder = new URL(base)
  folder.search = ''
  folder.pathname = `${base.pathname.replace(/\/+$/, '')}/`
  // The `./` keeps a path such as `//other.example` or `https:x` from being read as another place.
  const url = new URL(`./${path.replace(/^\/+/, '')}`, folder)
  for (const [name, value] of base.searchParams)
    if (!url.searchParams.has(name)) url.searchParams.append(name, value)
  url.hash = ''
  return url
}

/**
 * A kind's own path under `base`, without the segments that the base ends with already: `v1/models` under
 * `https://api.anthropic.com/v1` is not asked for as `/v1/v1/models`.
 */
export function kindUrl(base: URL, path: string): URL {
  const [route = '', query = ''] = path.split('?', 2)
  const have = base.pathname.split('/').filter((segment) => segment !== '')
  const want = route.split('/')
  for (let overlap = Math.min(have.length, want.length - 1); overlap > 0; overlap -= 1) {
    if (want.slice(0, overlap).join('/') !== have.slice(-overlap).join('/')) continue
    return under(base, `${want.slice(overlap).join('/')}${query === '' ? '' : `?${query}`}`)
  }
  return under(base, path)
}
