import type { CreateProvider } from '#lib/contract/provider.ts'
import type { ApiName } from './apis/by-name.ts'
import type { Climate } from './weather.ts'

/** A simulated provider: who it is to the console, what it speaks, and its weather. */
export type SimulatedProvider = {
  id: string
  api: ApiName
  /** Null: it asks for no key. */
  apiKey: string | null
  climate: Climate
  /** What follows host and port in its base URL, as in the real one's. */
  basePath: string
  registration: Omit<CreateProvider, 'id' | 'baseUrl' | 'apiKey'> & { models: { name: string }[] }
}

type Sketch = Omit<SimulatedProvider, 'climate' | 'apiKey' | 'basePath'> &
  Partial<Pick<SimulatedProvider, 'basePath'>> & { keyless?: true; climate: Omit<Climate, 'providerId'> }

const provider = ({ keyless, climate, basePath = '/v1', ...rest }: Sketch): SimulatedProvider => ({
  ...rest,
  basePath,
  apiKey: keyless ? null : `demo-key-${rest.id}`,
  climate: { ...climate, providerId: rest.id },
})

const second = 1_000

/** The demo's fleet. Opening acts: groq fails fully, anthropic slows, openrouter limits, azure browns out; openai-prod stays well. */
export const SIMULATED_PROVIDERS: readonly SimulatedProvider[] = [
  provider({
    id: 'openai-prod',
    api: 'openai',
    registration: {
      name: 'OpenAI production',
      kind: 'openai',
      region: 'us-east',
      coordinates: [38.9, -77.4],
      models: [
        { name: 'gpt-4o', priceIn: 2.5, priceOut: 10 },
        { name: 'gpt-4o-mini', priceIn: 0.15, priceOut: 0.6 },
        { name: 'text-embedding-3-small', priceIn: 0.02, priceOut: 0 },
      ],
      tags: ['production'],
    },
    climate: {
      medianMs: 420,
      sigma: 0.25,
      drift: 0.12,
      unrest: 0.05,
      fronts: ['slow'],
      retryAfterFormat: 'reset-duration',
      openingAct: [],
    },
  }),
  provider({
    id: 'anthropic',
    api: 'anthropic',
    basePath: '',
    registration: {
      name: 'Anthropic',
      kind: 'anthropic',
      region: 'us-west',
      coordinates: [45.6, -121.2],
      models: [
        { name: 'claude-sonnet-4-5', priceIn: 3, priceOut: 15 },
        { name: 'claude-haiku-4-5', priceIn: 1, priceOut: 5 },
      ],
      tags: ['production'],
    },
    climate: {
      medianMs: 640,
      sigma: 0.3,
      drift: 0.18,
      unrest: 0.25,
      fronts: ['slow', 'slow', 'brown_out', 'rate_limit'],
      retryAfterFormat: 'reset-time',
      openingAct: [{ kind: 'slow', fromMs: 30 * second, toMs: 75 * second }],
    },
  }),
  provider({
    id: 'azure-eu',
    api: 'azure',
    basePath: '',
    registration: {
      name: 'Azure OpenAI Europe',
      kind: 'azure-openai',
      region: 'eu-west',
      coordinates: [52.4, 4.9],
      models: [
        { name: 'gpt-4o', priceIn: 2.75, priceOut: 11 },
        { name: 'text-embedding-3-small', priceIn: 0.022, priceOut: 0 },
      ],
      tags: ['production', 'eu'],
    },
    climate: {
      medianMs: 480,
      sigma: 0.3,
      drift: 0.15,
      unrest: 0.25,
      fronts: ['brown_out', 'rate_limit', 'slow'],
      retryAfterFormat: 'milliseconds',
      openingAct: [{ kind: 'brown_out', fromMs: 65 * second, toMs: 90 * second }],
    },
  }),
  provider({
    id: 'groq',
    api: 'openai',
    basePath: '/openai/v1',
    registration: {
      name: 'Groq',
      kind: 'groq',
      region: 'us-central',
      coordinates: [41.3, -95.9],
      models: [
        { name: 'llama-3.3-70b-versatile', priceIn: 0.59, priceOut: 0.79 },
        { name: 'llama-3.1-8b-instant', priceIn: 0.05, priceOut: 0.08 },
      ],
      tags: ['fast'],
    },
    climate: {
      medianMs: 140,
      sigma: 0.35,
      drift: 0.2,
      unrest: 0.3,
      fronts: ['outage', 'rate_limit', 'reset'],
      retryAfterFormat: 'seconds',
      openingAct: [{ kind: 'outage', fromMs: 20 * second, toMs: 55 * second }],
    },
  }),
  provider({
    id: 'mistral',
    api: 'openai',
    registration: {
      name: 'Mistral',
      kind: 'mistral',
      region: 'eu-central',
      coordinates: [48.9, 2.4],
      models: [
        { name: 'mistral-large-latest', priceIn: 2, priceOut: 6 },
        { name: 'mistral-small-latest', priceIn: 0.1, priceOut: 0.3 },
      ],
      tags: ['eu'],
    },
    climate: {
      medianMs: 360,
      sigma: 0.35,
      drift: 0.2,
      unrest: 0.25,
      fronts: ['hang', 'slow', 'brown_out'],
      retryAfterFormat: 'http-date',
      openingAct: [{ kind: 'hang', fromMs: 100 * second, toMs: 125 * second }],
    },
  }),
  provider({
    id: 'openrouter',
    api: 'openrouter',
    basePath: '/api/v1',
    registration: {
      name: 'OpenRouter',
      kind: 'openrouter',
      region: 'us-east',
      coordinates: [40.7, -74],
      models: [
        { name: 'qwen/qwen3-235b-a22b', priceIn: 0.2, priceOut: 0.6 },
        { name: 'deepseek/deepseek-chat', priceIn: 0.3, priceOut: 0.9 },
        { name: 'anthropic/claude-sonnet-4.5', priceIn: 3, priceOut: 15 },
      ],
      tags: ['fallback'],
    },
    climate: {
      medianMs: 560,
      sigma: 0.4,
      drift: 0.2,
      unrest: 0.35,
      fronts: ['rate_limit', 'bad_body', 'brown_out', 'slow'],
      retryAfterFormat: 'http-date',
      openingAct: [{ kind: 'rate_limit', fromMs: 40 * second, toMs: 70 * second }],
    },
  }),
  provider({
    id: 'gemini',
    api: 'google',
    basePath: '/v1beta',
    registration: {
      name: 'Google Gemini',
      kind: 'google',
      region: 'eu-north',
      coordinates: [60.6, 27.2],
      models: [
        { name: 'gemini-2.5-pro', priceIn: 1.25, priceOut: 10 },
        { name: 'gemini-2.5-flash', priceIn: 0.3, priceOut: 2.5 },
      ],
      tags: ['production'],
    },
    climate: {
      medianMs: 520,
      sigma: 0.3,
      drift: 0.15,
      unrest: 0.2,
      fronts: ['bad_body', 'slow', 'reset'],
      retryAfterFormat: 'seconds',
      openingAct: [{ kind: 'bad_body', fromMs: 110 * second, toMs: 130 * second }],
    },
  }),
  provider({
    id: 'local-ollama',
    api: 'ollama',
    basePath: '',
    keyless: true,
    registration: {
      name: 'Local Ollama',
      kind: 'ollama',
      region: 'local',
      models: [
        { name: 'llama3.2:3b', priceIn: 0, priceOut: 0 },
        { name: 'nomic-embed-text', priceIn: 0, priceOut: 0 },
      ],
      tags: ['local'],
    },
    climate: {
      medianMs: 300,
      sigma: 0.5,
      drift: 0.3,
      unrest: 0.2,
      fronts: ['slow', 'reset', 'outage'],
      retryAfterFormat: 'seconds',
      openingAct: [{ kind: 'reset', fromMs: 80 * second, toMs: 95 * second }],
    },
  }),
]
