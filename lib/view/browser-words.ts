/** Names by which browsers know themselves; a browser that is built on another also says that other's name. */
const BROWSERS: readonly [name: string, mark: RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)\S* (?:Mobile\/\S+ )?Safari\//],
]

const SYSTEMS: readonly [name: string, mark: RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMac OS X\b/],
  ['Linux', /\bLinux\b/],
]

/** A browser by what it calls itself, as people say it: `Firefox 140 on Linux`; of an unknown one its first word. */
export function browserWords(userAgent: string | null): string {
  const [product = ''] = userAgent?.trim().split(/[\s/]/) ?? []
  if (userAgent === null || product === '') return 'Unknown browser'
  const system = SYSTEMS.find(([, mark]) => mark.test(userAgent))?.[0]
  const browser = BROWSERS.flatMap(([name, mark]) => {
    const version = mark.exec(userAgent)?.[1]
    return version === undefined ? [] : [`${name} ${version}`]
  })[0]
  const known = browser ?? (product === 'Mozilla' ? 'Browser' : product.slice(0, 40))
  return system === undefined ? known : `${known} on ${system}`
}
