const KEPT = /^(?:retry-after(?:-ms)?|x-ms-retry-after-ms|x-ratelimit-[a-z-]+|anthropic-ratelimit-[a-z-]+)$/
const NONE: Readonly<Record<string, string>> = {}

/** The headers of an answer that say how long to stay away, and no others; each at most 200 characters. */
export function rateLimitHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Readonly<Record<string, string>> {
  let kept: Record<string, string> | null = null
  for (const [name, value] of Object.entries(headers)) {
    const text = Array.isArray(value) ? value[0] : value
    if (text === undefined || !KEPT.test(name)) continue
    kept ??= {}
    kept[name] = text.slice(0, 200)
  }
  return kept ?? NONE
}
