/** What `SWITCHYARD_BASE_PATH` may be, in words. */
export const BASE_PATH_RULE =
  'a path such as /ops/switchyard: letters, digits and - . _ ~ between slashes, none at its end'

/** Whether `text` is a path under which the console may be; the empty one is the root. */
export const isBasePath = (text: string): boolean => /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*$/.test(text)

/** Where the console is under its host, for what runs before the whole environment is read; throws when it is no path. */
export function basePathOf(environment: Readonly<Record<string, string | undefined>>): string {
  const text = environment['SWITCHYARD_BASE_PATH'] ?? ''
  if (isBasePath(text)) return text
  throw new Error(`The environment is not right:\n  SWITCHYARD_BASE_PATH: ${BASE_PATH_RULE}`)
}

/** Where the build for a base path is, from the project's root: each has its own, since Next fixes the path in it. */
export const buildFolderOf = (basePath: string): string =>
  basePath === '' ? '.next' : `.cache/next${basePath.replaceAll('/', '-')}`

/** What a request's target is inside the console, without its query; null when it is outside. Health is also where
 * somebody looks who knows no path. */
export function pathWithin(basePath: string, target: string): string | null {
  const [path = ''] = target.split('?')
  if (path === basePath) return '/'
  if (path.startsWith(`${basePath}/`)) return path.slice(basePath.length)
  return /^\/api\/health(?:\/ready)?$/.test(path) ? path : null
}

/** Where a browser finds what the console knows as `path`. */
export const addressIn = (basePath: string, path: string): string =>
  path === '/' && basePath !== '' ? basePath : basePath + path
