/** The APIs that the gateway speaks; a provider serves those that its kind has a path for. */
export const GATEWAY_APIS = ['chat', 'completions', 'embeddings', 'responses', 'messages'] as const
export type GatewayApi = (typeof GATEWAY_APIS)[number]

/** About as many bytes of JSON make a token. */
const BYTES_A_TOKEN = 4

/** How many input tokens a request of this size is taken for; null where its size is not known. */
export const tokensOfBytes = (bytes: number | null): number | null =>
  bytes === null ? null : Math.ceil(bytes / BYTES_A_TOKEN)

/** What of a request may decide where it goes; null or empty where it does not say. */
export type RequestFacts = {
  /** The model that was asked for, as the client wrote it. */
  model: string
  /** The API it was asked through; null where another gateway carries the request. */
  api: GatewayApi | null
  region: string | null
  userId: string | null
  sessionId: string | null
  /** Input tokens, as counted or estimated from the size. */
  estimatedTokens: number | null
  requestBytes: number | null
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  metadata: Readonly<Record<string, string>>
}
