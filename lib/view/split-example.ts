import { strategyOfInput, strategySchema } from '#lib/contract/strategy.ts'
import type { Candidate } from '#lib/domain/routing/candidate.ts'
import { decide } from '#lib/domain/routing/decide.ts'
import type { Selection } from '#lib/domain/routing/decision.ts'
import type { RequestFacts } from '#lib/domain/routing/request-facts.ts'
import { newRouteMemory } from '#lib/domain/routing/route-memory.ts'
import type { Strategy } from '#lib/domain/routing/route.ts'
import { exampleMembers, type Known } from './example-members.ts'
import { keepUnits } from './keep-units.ts'
import { nameList } from './name-list.ts'
import { modelsOf, type MemberForm } from './route-form.ts'
import { strategyInput } from './strategy-form-input.ts'
import type { StrategyForm } from './strategy-form.ts'
import { conditionWords } from './strategy-words.ts'

/** One member's part of a hundred requests. */
export type SplitPart = { providerId: string; name: string; count: number }

/** What a strategy comes to when every member is eligible; a conditional has an example for each rule. */
export type SplitExample = {
  sentence: string
  parts: readonly SplitPart[]
  rules: readonly { name: string; when: string; example: SplitExample }[]
}

/** The route as it is being edited, and what is known of its members: as configured, and as measured last. */
export type SplitInput = Known & {
  strategy: StrategyForm
  members: readonly MemberForm[]
  models: string
}

/** What the route would do with a hundred requests, all members eligible; null while something is missing. */
export function splitExample(input: SplitInput): SplitExample | null {
  const parsed = strategySchema.safeParse(strategyInput(input.strategy))
  if (!parsed.success || input.members.length === 0) return null
  return exampleOf(strategyOfInput(parsed.data), fieldOf(input))
}

type Field = {
  candidates: readonly Candidate[]
  request: RequestFacts
  nameOf: (providerId: string) => string
}

const REQUESTS = 100

/** A request that says nothing but its model and its size. */
const request = (model: string): RequestFacts => ({
  model,
  api: null,
  region: null,
  userId: null,
  sessionId: null,
  estimatedTokens: 1_000,
  requestBytes: null,
  headers: {},
  metadata: {},
})

function fieldOf({ members, models, providers, rows }: SplitInput): Field {
  const names = new Map(providers.map(({ id, name }) => [id, name]))
  const model = modelsOf(models).find((one) => !one.endsWith('*')) ?? ''
  return {
    candidates: exampleMembers(members, model, { providers, rows }),
    request: request(model),
    nameOf: (id) => names.get(id) ?? id,
  }
}

const example = (sentence: string, parts: readonly SplitPart[] = []): SplitExample => ({
  sentence,
  parts,
  rules: [],
})

function exampleOf(strategy: Strategy, field: Field): SplitExample {
  switch (strategy.type) {
    case 'conditional':
      return {
        ...example('The first rule that matches decides:'),
        rules: [
          ...strategy.rules.map(({ name, when, use }) => ({
            name,
            // The domain's condition is the schema's, but for what TypeScript makes of a missing field.
            when: conditionWords({ ...when }),
            example: exampleOf(use, field),
          })),
          { name: 'otherwise', when: '', example: exampleOf(strategy.otherwise, field) },
        ],
      }
    case 'ab-test':
    case 'adaptive':
      return spread(splitByWeight(select(strategy, field)), field)
    case 'load-balance':
      return balanceExample(strategy, field)
    case 'geographic':
      return geographicExample(strategy, field)
    case 'single':
    case 'failover':
    case 'cost':
      return orderExample(strategy, field)
  }
}

function select(
  strategy: Strategy,
  field: Field,
  over: { exclude?: Set<string>; region?: string } = {},
): Selection {
  return decide({ ...inputOf(strategy, field, over), memory: newRouteMemory() }).selection
}

function inputOf(strategy: Strategy, field: Field, over: { exclude?: Set<string>; region?: string } = {}) {
  return {
    route: { name: 'example', strategy },
    request: { ...field.request, region: over.region ?? null },
    candidates: field.candidates,
    exclude: over.exclude ?? new Set<string>(),
    tried: new Set<string>(),
    panicThreshold: 0,
    mayPanic: false,
    now: 0,
    random: () => 0.5,
  }
}

const chosenOf = ({ chosen, candidates }: Selection): string | null =>
  chosen === null ? null : (candidates[chosen]?.providerId ?? null)

/** The parts that a decision gives its candidates, in whole requests of a hundred: the largest rests are rounded up. */
function splitByWeight({ candidates }: Selection): Map<string, number> {
  const exact = candidates.map(({ providerId, weight }) => ({ providerId, share: (weight ?? 0) * REQUESTS }))
  const counts = new Map(exact.map(({ providerId, share }) => [providerId, Math.floor(share + 1e-9)]))
  const missing = REQUESTS - [...counts.values()].reduce((sum, count) => sum + count, 0)
  const byRest = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1))
  for (const { providerId } of byRest.slice(0, Math.max(0, missing)))
    counts.set(providerId, (counts.get(providerId) ?? 0) + 1)
  return counts
}

function balanceExample(strategy: Extract<Strategy, { type: 'load-balance' }>, field: Field): SplitExample {
  if (strategy.algorithm === 'latency')
    return {
      ...spread(run(strategy, field), field),
      sentence: 'Of 100 requests, nobody busy and all as fast as measured last:',
    }
  if (strategy.algorithm === 'least-busy')
    return { ...spread(run(strategy, field), field), sentence: 'Of 100 requests, one at a time:' }
  return spread(run(strategy, field), field)
}

/** A hundred decisions one after the other, the route's memory handed on. */
function run(strategy: Strategy, field: Field): Map<string, number> {
  const counts = new Map<string, number>()
  const random = dice(1)
  let memory = newRouteMemory()
  for (let request = 0; request < REQUESTS; request += 1) {
    const decided = decide({ ...inputOf(strategy, field), memory, random })
    memory = decided.memory
    const chosen = chosenOf(decided.selection)
    if (chosen !== null) counts.set(chosen, (counts.get(chosen) ?? 0) + 1)
  }
  return counts
}

/** Chance that falls the same each time (Park and Miller), so that an example stands still while nothing changes. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function spread(counts: ReadonlyMap<string, number>, { candidates, nameOf }: Field): SplitExample {
  const parts = candidates.map(({ providerId }) => ({
    providerId,
    name: nameOf(providerId),
    count: counts.get(providerId) ?? 0,
  }))
  return example('Of 100 requests:', parts)
}

/** Who takes everything, and who would after them: each is left out in turn. */
function orderExample(strategy: Strategy, field: Field): SplitExample {
  const order: string[] = []
  let why = ''
  for (let place = 0; place < field.candidates.length; place += 1) {
    const selection = select(strategy, field, { exclude: new Set(order) })
    const chosen = chosenOf(selection)
    if (place === 0) why = keepUnits(selection.reason)
    if (chosen === null) break
    order.push(chosen)
  }
  const [first, ...rest] = order.map(field.nameOf)
  if (first === undefined) return example(`Nobody takes a request: ${why}.`)
  const because = strategy.type === 'cost' ? ` (${why})` : ''
  const then = rest.length === 0 ? 'nobody stands in for it' : `then ${nameList(rest, 4)}`
  return example(`Every request goes to ${first}${because}; ${then}.`)
}

/** Who takes the requests of each region that a member is in, and those that name none. */
function geographicExample(strategy: Strategy, field: Field): SplitExample {
  const regions = [...new Set(field.candidates.flatMap(({ region }) => (region === null ? [] : [region])))]
  const takes = (region?: string) => {
    const chosen = chosenOf(select(strategy, field, region === undefined ? {} : { region }))
    return chosen === null ? 'nobody' : field.nameOf(chosen)
  }
  const parts = regions.slice(0, 6).map((region) => `${region} to ${takes(region)}`)
  return example(`Requests from ${[...parts, `elsewhere or nowhere to ${takes()}`].join(', ')}.`)
}
