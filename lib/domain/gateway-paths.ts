import type { AuthScheme } from './provider-kinds.ts'
import { GATEWAY_APIS, type GatewayApi } from './routing/request-facts.ts'

/** Where one API of the gateway is served; `auth` only where it wants the key otherwise than the kind does. */
export type GatewayPath = { path: string; auth?: AuthScheme }

/** The APIs of the gateway that something serves, each with its path. */
export type GatewayPaths = Readonly<Partial<Record<GatewayApi, GatewayPath>>>

/** Each API's last part, as OpenAI and Anthropic named it. */
const NAMES: Readonly<Record<GatewayApi, string>> = {
  chat: 'chat/completions',
  completions: 'completions',
  embeddings: 'embeddings',
  responses: 'responses',
  messages: 'messages',
}

/** These APIs under one prefix. */
export function gatewayPaths(prefix: string, apis: readonly GatewayApi[], auth?: AuthScheme): GatewayPaths {
  return Object.fromEntries(
    apis.map((api) => [api, { path: `${prefix}${NAMES[api]}`, ...(auth === undefined ? {} : { auth }) }]),
  )
}

/** What every server that calls itself compatible with OpenAI has; Responses are rare among them. */
export const OPENAI_APIS: readonly GatewayApi[] = ['chat', 'completions', 'embeddings']

/**
 * Azure's paths under a dated API version: the deployment stands in the path, except for Responses.
 * learn.microsoft.com/azure/ai-services/openai/reference
 */
export function datedAzurePaths(version: string): GatewayPaths {
  const deployed = gatewayPaths('openai/deployments/{model}/', OPENAI_APIS)
  return withQuery({ ...deployed, ...gatewayPaths('openai/', ['responses']) }, version)
}

/** The same paths, each asking for this API version. */
export function withQuery(paths: GatewayPaths, version: string): GatewayPaths {
  return Object.fromEntries(
    GATEWAY_APIS.flatMap((api) => {
      const found = paths[api]
      return found === undefined
        ? []
        : [[api, { ...found, path: `${found.path}?api-version=${encodeURIComponent(version)}` }]]
    }),
  )
}
