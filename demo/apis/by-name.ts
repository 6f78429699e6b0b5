import { anthropicApi } from './anthropic.ts'
import type { Api } from './api.ts'
import { googleApi } from './google.ts'
import { ollamaApi } from './ollama.ts'
import { azureApi, openaiApi } from './openai.ts'

/** Which API a simulated provider speaks. */
export type ApiName = 'openai' | 'azure' | 'anthropic' | 'google' | 'ollama'

export const APIS: Readonly<Record<ApiName, Api>> = {
  openai: openaiApi,
  azure: azureApi,
  anthropic: anthropicApi,
  google: googleApi,
  ollama: ollamaApi,
}
