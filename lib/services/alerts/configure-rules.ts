import type { Author } from '#lib/domain/access/author.ts'
import {
  type CreateRule,
  inputOfRule,
  type ReplaceRule,
  type RuleConfig,
  ruleOfInput,
} from '#lib/contract/alert-rule.ts'
import { AppError, notFound } from '#lib/domain/errors.ts'
import { compareNames } from '#lib/domain/name-order.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import type { RuleRecord } from './records.ts'
import { saveAlerting } from './save-alerting.ts'

type Changed = { rule: RuleConfig; persisted: boolean }

/** All rules, by name. */
export const readRules = ({ alerting }: Engine): RuleConfig[] =>
  [...alerting.rules.values()].map(presentRule).sort((a, b) => compareNames(a.name, b.name))

/** One rule. Throws `not_found`. */
export const readRule = (engine: Engine, id: string): RuleConfig => presentRule(ruleNamed(engine, id))

/** Adds a rule, in force with the next evaluation. Throws `invalid_input` at the fields that are not right. */
export async function createRule(engine: Engine, input: CreateRule, author: Author): Promise<Changed> {
  const { alerting, clock, newId } = engine
  refuseBadRule(engine, input, null)
  const now = clock.now()
  const id = newId()
  const record = {
    rule: ruleOfInput(id, input),
    channels: input.channels,
    version: 1,
    createdAt: now,
    updatedAt: now,
  }
  put(engine, record)
  const after = presentRule(record)
  const persisted = await saveAlerting(
    engine,
    { rulesSaved: [record] },
    {
      action: 'alert-rule.create',
      entity: { type: 'alert-rule', id },
      summary: `added alert rule ${input.name}`,
      author,
      after,
    },
  )
  alerting.compiled = null
  return { rule: after, persisted }
}

/**
 * Gives a rule other content; alerts that it has raised go on under it. Throws `not_found`, `invalid_input`, and
 * `conflict` with the rule as it stands when `expectedVersion` is not its version.
 */
export async function replaceRule(
  engine: Engine,
  id: string,
  { input, author }: { input: ReplaceRule; author: Author },
): Promise<Changed> {
  const inForce = ruleNamed(engine, id)
  const before = presentRule(inForce)
  if (input.expectedVersion !== inForce.version) {
    const facts = { currentVersion: inForce.version, current: before }
    throw new AppError('conflict', `Rule "${before.name}" was changed meanwhile.`, { facts })
  }
  refuseBadRule(engine, input, id)
  const record = {
    ...inForce,
    rule: ruleOfInput(id, input),
    channels: input.channels,
    version: inForce.version + 1,
    updatedAt: engine.clock.now(),
  }
  put(engine, record)
  const after = presentRule(record)
  const persisted = await saveAlerting(
    engine,
    { rulesSaved: [record] },
    {
      action: 'alert-rule.replace',
      entity: { type: 'alert-rule', id },
      summary: `changed alert rule ${input.name}`,
      author,
      before,
      after,
    },
  )
  return { rule: after, persisted }
}

/** Takes a rule out of force; alarms of it are over. Throws `not_found`. */
export async function deleteRule(
  engine: Engine,
  id: string,
  { input, author }: { input: { reason?: string | undefined }; author: Author },
): Promise<{ persisted: boolean }> {
  const before = presentRule(ruleNamed(engine, id))
  engine.alerting.rules.delete(id)
  engine.alerting.compiled = null
  const persisted = await saveAlerting(
    engine,
    { rulesDeleted: [id] },
    {
      action: 'alert-rule.delete',
      entity: { type: 'alert-rule', id },
      summary: `deleted alert rule ${before.name}`,
      author,
      reason: input.reason ?? null,
      before,
    },
  )
  return { persisted }
}

function put({ alerting }: Engine, record: RuleRecord): void {
  alerting.rules.set(record.rule.id, record)
  alerting.compiled = null
}

function ruleNamed({ alerting }: Engine, id: string): RuleRecord {
  const record = alerting.rules.get(id)
  if (record === undefined) throw notFound('alert rule', id)
  return record
}

/** A rule as it is read. */
const presentRule = ({ rule, channels, version, createdAt, updatedAt }: RuleRecord): RuleConfig => ({
  id: rule.id,
  ...inputOfRule(rule, channels),
  version,
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

/** Refuses a name that another rule has, and channels, providers and routes that are not there. */
function refuseBadRule(engine: Engine, input: CreateRule, ownId: string | null): void {
  const { alerting, fleet, routing } = engine
  const isTaken = [...alerting.rules.values()].some(
    ({ rule }) => rule.name === input.name && rule.id !== ownId,
  )
  const fields = [
    ...(isTaken ? [{ path: 'name', message: `"${input.name}" is taken` }] : []),
    ...unknownAt('channels', input.channels ?? [], (id) => alerting.channels.has(id)),
    ...(input.scope.type === 'providers'
      ? unknownAt('scope.ids', input.scope.ids, (id) => fleet.entries.has(id))
      : []),
    ...(input.scope.type === 'routes'
      ? unknownAt('scope.ids', input.scope.ids, (id) => routing.routes.has(id))
      : []),
  ]
  if (fields.length > 0) throw new AppError('invalid_input', 'The rule is not right.', { fields })
}

const unknownAt = (path: string, ids: readonly string[], isThere: (id: string) => boolean) =>
  ids.flatMap((id, place) =>
    isThere(id) ? [] : [{ path: `${path}.${place}`, message: `there is no "${id}"` }],
  )
