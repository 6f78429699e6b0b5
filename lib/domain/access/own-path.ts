const HOME = '/'
/** It travels in a cookie, which a browser keeps only up to 4 kB. */
const MOST_CHARACTERS = 1_000
/** A base that no asked path can name (RFC 2606, 2). */
const HERE = 'http://console.invalid'

/**
 * The page of our own console to go on to, out of `asked`, which may come from a link that anybody made: a path with its
 * query and fragment as a browser would resolve it, or `/` for whatever could lead elsewhere.
 */
export function ownPath(asked: string): string {
  if (!asked.startsWith('/') || asked.length > MOST_CHARACTERS || hasTrick(asked)) return HOME
  const url = URL.parse(asked, HERE)
  if (url?.origin !== HERE || hasTrick(url.pathname)) return HOME
  const path = url.pathname + url.search + url.hash
  return path.length > MOST_CHARACTERS ? HOME : path
}

/**
 * Whether a path leads elsewhere for a browser, or for a proxy on the way that decodes it first, once or several times:
 * browsers take a backslash for a slash, and leave tabs and line breaks out.
 */
function hasTrick(path: string): boolean {
  const decoded = wholly(path.split(/[?#]/)[0] ?? '')
  return decoded === null || decoded.startsWith('//') || /[\\\u0000-\u001f\u007f]/.test(decoded + path)
}

/** Decoded until nothing is left to decode; null for what cannot be. */
function wholly(path: string): string | null {
  try {
    const decoded = decodeURIComponent(path)
    return decoded === path ? path : wholly(decoded)
  } catch {
    return null
  }
}
