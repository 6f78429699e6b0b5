import { anthropicApi } from './anthropic.ts'
import type { Api } from './api.ts'
import { googleApi } from './google.ts'
import { ollamaApi } from './ollama.ts'
import { azureApi, openaiApi } from './openai.ts'
import { openrouterApi } from './openrouter.ts'

/** Which API a simulated provider speaks. */
export type ApiName = 'openai' | 'azure' | 'anthropic' | 'google' | 'ollama' | 'openrouter'

export const APIS: Readonly<Record<ApiName, Api>> = {
  openai: openaiApi,
  azure: azureApi,
  anthropic: anthropicApi,
  google: googleApi,
  ollama: ollamaApi,
  openrouter: openrouterApi,
}
