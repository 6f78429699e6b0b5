import { datedAzurePaths, withQuery, type GatewayPath, type GatewayPaths } from './gateway-paths.ts'
import { isDated, KIND_FACTS } from './provider-kinds.ts'
import type { Provider } from './provider.ts'
import type { GatewayApi } from './routing/request-facts.ts'

/** Where and with which key a provider serves one of the gateway's APIs; null where it does not. */
export function gatewayCall(
  { kind, apiVersion }: Pick<Provider, 'kind' | 'apiVersion'>,
  api: GatewayApi,
): Required<GatewayPath> | null {
  const { gateway, auth } = KIND_FACTS[kind]
  const found = (kind === 'azure-openai' && apiVersion !== null ? azurePaths(apiVersion) : gateway)[api]
  return found === undefined ? null : { auth, ...found }
}

const azurePaths = (apiVersion: string): GatewayPaths =>
  isDated(apiVersion)
    ? datedAzurePaths(apiVersion)
    : withQuery(KIND_FACTS['azure-openai'].gateway, apiVersion)
