import type {
  CircuitFacts,
  MonitorFacts,
  ProbeCost,
  ProviderFacts,
  RouteFacts,
  SubjectFacts,
} from '#lib/domain/alerts/facts.ts'
import type { SelfHealth } from '#lib/contract/monitor.ts'
import type { CircuitSlot } from '../circuit-slot.ts'
import type { Engine } from '../engine.ts'
import { iso } from '../present/time.ts'
import type { ProviderEntry } from '../provider-entry.ts'
import { eligibleMembers } from '../routing/read-routing.ts'
import { identitiesOf, identityOf } from './fact-identity.ts'

const DAY_MS = 86_400_000
/** A day's cost is projected once so much of the day has gone by: before, one check would make it a fortune. */
const PROJECTED_AFTER_MS = 3_600_000

/**
 * The facts that rules look at: of the monitor, of all routes, and of those of `entries` that are enabled and their
 * circuits, in the order of `entries`: these are many, and may not all be reached.
 */
export function gatherFacts(
  engine: Engine,
  self: SelfHealth,
  entries: Iterable<ProviderEntry>,
): SubjectFacts[] {
  const now = engine.clock.now()
  const facts: SubjectFacts[] = [monitorFacts(self)]
  for (const route of engine.routing.routes.values()) {
    const subject = { type: 'route', id: route.name, name: route.name } as const
    facts.push({
      ...identityOf(subject, null),
      checkIntervalMs: null,
      members: route.members.length,
      eligible: eligibleMembers(engine, route),
    } satisfies RouteFacts)
  }
  for (const entry of entries) {
    if (!entry.provider.enabled) continue
    facts.push(providerFacts(entry, now), circuitFacts(entry, entry.own))
    for (const slot of entry.models.values()) facts.push(circuitFacts(entry, slot))
  }
  return facts
}

function providerFacts(entry: ProviderEntry, now: number): ProviderFacts {
  return {
    ...identitiesOf(entry.provider).own,
    checkIntervalMs: entry.policies.monitor.intervalMs,
    status: entry.health.status,
    reason: entry.health.reason,
    probeCost: probeCost(entry, now),
  }
}

function probeCost({ provider, spent }: ProviderEntry, now: number): ProbeCost | null {
  const budgetUsd = provider.probe.dailyBudgetUsd
  if (budgetUsd === null) return null
  const spentUsd = spent?.day === iso(now).slice(0, 10) ? spent.usd : 0
  const gone = now % DAY_MS
  return { budgetUsd, spentUsd, projectedUsd: gone < PROJECTED_AFTER_MS ? null : (spentUsd * DAY_MS) / gone }
}

function circuitFacts(entry: ProviderEntry, slot: CircuitSlot): CircuitFacts {
  const { circuit } = slot
  return {
    ...identitiesOf(entry.provider).ofCircuit(slot.model),
    checkIntervalMs: entry.policies.monitor.intervalMs,
    state: circuit.state,
    lastError: circuit.lastErrors.at(-1) ?? null,
    openedAt: slot.openedAt,
    overrideUntil: circuit.override?.until ?? null,
  }
}

function monitorFacts({ status, checks }: SelfHealth): MonitorFacts {
  const impaired = Object.entries(checks).filter(([, state]) => state === 'impaired')
  return {
    ...identityOf({ type: 'monitor' } as const, null),
    checkIntervalMs: null,
    isImpaired: status === 'impaired',
    isEgressDown: checks.egress === 'impaired',
    reason:
      impaired.length === 0 ? null : impaired.map(([name]) => WORDS[name as keyof typeof checks]).join(', '),
  }
}

const WORDS = {
  database: 'the database cannot be written',
  scheduler: 'checks are late',
  eventLoop: 'the process is held up',
  egress: 'the network cannot be reached',
} as const satisfies Record<keyof SelfHealth['checks'], string>
