import type { Engine } from '#lib/services/engine.ts'
import type { ClientKey } from '#lib/services/records.ts'
import { gatewayError, type GatewayError } from './errors.ts'
import { type ServedModel, servedInWords, servedModel, servedModels } from './served-models.ts'

/** The models that a client may name, or the one it asks for, as its API writes them. */
export function modelsAnswer(
  engine: Engine,
  key: ClientKey | null,
  asked: { id: string | null; isAnthropic: boolean },
): { models: object } | { error: GatewayError } {
  const routes = key?.routes ?? null
  const { id, isAnthropic } = asked
  if (id === null) {
    const models = servedModels(engine, routes)
    return { models: isAnthropic ? anthropicList(models) : { object: 'list', data: models.map(openaiModel) } }
  }
  const model = servedModel(engine, routes, id)
  if (model !== null) return { models: isAnthropic ? anthropicModel(model) : openaiModel(model) }
  return {
    error: gatewayError(
      'model_not_found',
      `No route serves "${id}". Served: ${servedInWords(engine, routes)}.`,
    ),
  }
}

const openaiModel = ({ id, route, createdAt }: ServedModel) => ({
  id,
  object: 'model',
  created: Math.floor(createdAt / 1_000),
  owned_by: `route:${route}`,
})

const anthropicList = (models: readonly ServedModel[]) => ({
  data: models.map(anthropicModel),
  has_more: false,
  first_id: models[0]?.id ?? null,
  last_id: models.at(-1)?.id ?? null,
})

const anthropicModel = ({ id, createdAt }: ServedModel) => ({
  type: 'model',
  id,
  display_name: id,
  created_at: new Date(createdAt).toISOString(),
})
