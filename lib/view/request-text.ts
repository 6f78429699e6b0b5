import type { ChannelPreview } from '#lib/contract/channel.ts'

/** A request as it goes over the wire: its line, its headers, and its body, set out where it is JSON. */
export function requestText({
  method,
  url,
  headers,
  body,
  html,
}: NonNullable<ChannelPreview['request']>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const parts = [[`${method} ${url}`, ...lines].join('\n'), setOut(body), ...(html === null ? [] : [html])]
  return parts.join('\n\n')
}

function setOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
