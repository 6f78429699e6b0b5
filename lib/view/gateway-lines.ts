import type { RouteState } from '#lib/contract/decision.ts'

/** The base URL that a client's library is given: the gateway's with `/v1`. */
export const gatewayBaseUrl = (gatewayUrl: string): string => `${gatewayUrl.replace(/\/(?:v1\/?)?$/, '')}/v1`

/** A request through the first route that can be named by a model, as a line for a shell. */
export function curlLine(gatewayUrl: string, routes: readonly Pick<RouteState, 'name' | 'models'>[]): string {
  const body = { model: exampleModel(routes), messages: [{ role: 'user', content: 'Hello' }] }
  return `curl ${gatewayBaseUrl(gatewayUrl)}/chat/completions -H 'content-type: application/json' -d '${JSON.stringify(body)}'`
}

/** A model that a route matches by its whole name; else a route by its own. */
function exampleModel(routes: readonly Pick<RouteState, 'name' | 'models'>[]): string {
  const whole = routes.flatMap(({ models }) => models).find((model) => !model.endsWith('*'))
  const [first] = routes
  return whole ?? (first === undefined ? 'gpt-4o' : `route:${first.name}`)
}
