import type { ModelListShape } from '#lib/domain/provider-kinds.ts'

type Fields = Readonly<Record<string, unknown>>

/** What keeps a parsed body from being the model list that the API promises, in words; null when it is one. */
export function modelListProblem(json: unknown, shape: ModelListShape): string | null {
  const list = listIn(json, shape)
  if (list === null) return `no list of models in the answer`
  return list.every((item) => isModel(item, shape)) ? null : 'the list holds something that is no model'
}

function listIn(json: unknown, shape: ModelListShape): readonly unknown[] | null {
  // Together answers with the bare list where OpenAI wraps it.
  if (Array.isArray(json)) return shape === 'openai' ? json : null
  if (typeof json !== 'object' || json === null) return null
  const list = (json as Fields)[shape === 'openai' ? 'data' : 'models']
  return Array.isArray(list) ? list : null
}

function isModel(item: unknown, shape: ModelListShape): boolean {
  if (typeof item !== 'object' || item === null) return false
  const name = (item as Fields)[shape === 'openai' ? 'id' : 'name']
  return typeof name === 'string' && name !== ''
}
