import type { StrategyInput } from '#lib/contract/strategy.ts'
import type { ConditionForm, StrategyForm } from './strategy-form.ts'

/** A number that was left empty goes out as NaN, so that the schema complains at its field. */
const needed = (value: number | null): number => value ?? Number.NaN

/** A strategy's form as the server wants it; the shared schema judges it. */
export function strategyInput(form: StrategyForm): StrategyInput {
  switch (form.type) {
    case 'single':
    case 'load-balance':
    case 'geographic':
    case 'cost':
      return form
    case 'failover':
      return { type: 'failover', policy: policyInput(form) }
    case 'ab-test':
      return {
        ...form,
        variants: form.variants.map(({ name, percent, providerIds }) => ({
          name,
          percent: needed(percent),
          providerIds,
        })),
      }
    case 'conditional':
      return {
        type: 'conditional',
        rules: form.rules.map(({ name, when, use }) => ({
          ...(name.trim() === '' ? {} : { name }),
          when: Object.assign({}, ...when.map(conditionInput)) as Condition,
          use: strategyInput(use),
        })),
        otherwise: strategyInput(form.otherwise),
      }
    case 'adaptive':
      return {
        type: 'adaptive',
        weights: { success: needed(form.success), latency: needed(form.latency), cost: needed(form.cost) },
        exploration: needed(form.exploration),
      }
  }
}

type Condition = Extract<StrategyInput, { type: 'conditional' }>['rules'][number]['when']
type Failover = Extract<StrategyForm, { type: 'failover' }>
type Policy = Extract<StrategyInput, { type: 'failover' }>['policy']

function policyInput({ policy, failures, p95 }: Failover): Policy {
  switch (policy) {
    case 'immediate':
    case 'cost':
      return { type: policy }
    case 'threshold':
      return { type: 'threshold', failures: needed(failures) }
    case 'latency':
      return { type: 'latency', p95 }
  }
}

function conditionInput(form: ConditionForm): Partial<Condition> {
  switch (form.kind) {
    case 'model':
    case 'modelPrefix':
    case 'region':
    case 'user':
      return { [form.kind]: form.text }
    case 'minRequestBytes':
    case 'minTokens':
      return { [form.kind]: needed(form.amount) }
    case 'time':
      return { time: { from: form.from, to: form.to, zone: form.zone.trim() } }
    case 'header':
      return { header: { name: form.name, ...testInput(form) } }
    case 'metadata':
      return { metadata: { key: form.name, ...testInput(form) } }
  }
}

const testInput = ({ test, value }: { test: 'equals' | 'matches'; value: string }) =>
  test === 'equals' ? { equals: value } : { matches: value }
