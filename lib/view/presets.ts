import type { ProviderKind } from '#lib/domain/provider.ts'

/** A kind of provider to begin with: what it is called, and what it needs. */
export type Preset = { kind: ProviderKind; label: string; needs: string }

/** What an empty console offers to add. */
export const PRESETS: readonly Preset[] = [
  { kind: 'openai', label: 'OpenAI', needs: 'API key' },
  { kind: 'anthropic', label: 'Anthropic', needs: 'API key' },
  { kind: 'azure-openai', label: 'Azure OpenAI', needs: 'endpoint and API key' },
  { kind: 'google', label: 'Gemini', needs: 'API key' },
  { kind: 'mistral', label: 'Mistral', needs: 'API key' },
  { kind: 'groq', label: 'Groq', needs: 'API key' },
  { kind: 'openrouter', label: 'OpenRouter', needs: 'API key' },
  { kind: 'ollama', label: 'Ollama', needs: 'its address' },
  { kind: 'openai-compatible', label: 'Any OpenAI-compatible API', needs: 'base URL' },
  { kind: 'http', label: 'Plain HTTP', needs: 'URL' },
]
