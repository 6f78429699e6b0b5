import { authorNamed } from '#lib/domain/access/author.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import type { AuditRecord } from '#lib/domain/audit.ts'
import type { Circuit, Transition } from '#lib/domain/circuit.ts'
import { newHealth } from '#lib/domain/health.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { emptyWindow } from '#lib/domain/window.ts'
import type {
  CheckRecord,
  CircuitEventEntry,
  JournalEntry,
  MarkerRecord,
  SettingsRecord,
  StoredCircuit,
  StoredHealth,
  TransitionEntry,
} from '#lib/services/records.ts'
import { emptyEntry } from '#lib/services/drive-circuit.ts'

/** 2026-01-31T12:00:00Z: the noon that these records are told from. */
export const NOON = Date.UTC(2026, 0, 31, 12)

export const provider = (id: string, over: Partial<Provider> = {}): Provider => ({
  id,
  name: `The ${id}`,
  kind: 'openai',
  baseUrl: 'https://api.example.com/v1',
  key: { type: 'sealed', sealed: 'sealed-test-key', last4: 'test' },
  headers: { 'x-team': 'blue' },
  apiVersion: null,
  region: 'eu',
  coordinates: [52.5, 13.4],
  models: [{ name: 'gpt-4o', alias: null, priceIn: 2.5, priceOut: 10 }],
  tags: ['chat'],
  enabled: true,
  weight: 1.5,
  priority: 2,
  maxConcurrency: null,
  probe: {
    type: 'models',
    model: null,
    path: null,
    expectStatus: 200,
    dailyBudgetUsd: null,
    skipWhenTrafficProves: false,
  },
  version: 1,
  createdAt: NOON,
  updatedAt: NOON,
  ...over,
})

export const check = (over: Partial<CheckRecord> = {}): CheckRecord => ({
  providerId: 'acme',
  model: null,
  source: 'active',
  at: NOON,
  class: 'ok',
  latencyMs: 120.5,
  phases: { dnsMs: 1.2, connectMs: 3.4, tlsMs: null, firstByteMs: 110 },
  httpStatus: 200,
  kind: null,
  message: null,
  skipped: null,
  count: 1,
  latencies: null,
  ...over,
})

export const circuit = (over: Partial<Circuit> = {}): Circuit => ({
  key: 'acme',
  state: 'open',
  generation: 3,
  since: NOON,
  consecutiveFailures: 5,
  window: emptyWindow,
  openings: 2,
  openedAt: NOON - 60_000,
  retryAt: NOON + 60_000,
  leases: [],
  nextLeaseId: 7,
  trialsSucceeded: 1,
  completionsOnly: true,
  cooling: { until: NOON + 5_000, reason: '429 with Retry-After' },
  override: {
    mode: 'forced_open',
    actor: 'ada',
    reason: 'maintenance',
    since: NOON,
    until: NOON + 3_600_000,
    failingSince: null,
  },
  lastErrors: ['connect refused'],
  ...over,
})

export const storedCircuit = (
  providerId: string,
  model: string | null = null,
  over: Partial<Circuit> = {},
): StoredCircuit => ({
  providerId,
  model,
  circuit: circuit({ key: model === null ? providerId : `${providerId}/${model}`, ...over }),
})

export const health = (providerId: string, over: Partial<StoredHealth> = {}): StoredHealth => ({
  providerId,
  health: { ...newHealth(NOON), status: 'healthy', samples: 12, averageLatencyMs: 118.25 },
  lastCheckAt: NOON,
  spent: { day: '2026-01-31', usd: 0.25 },
  ...over,
})

export const transition = (
  id: string,
  { providerId = 'acme', model = null, ...over }: Partial<Transition & Omit<TransitionEntry, 'id'>> = {},
): TransitionEntry => ({
  id,
  providerId,
  model,
  transition: {
    from: 'closed',
    to: 'open',
    at: NOON,
    cause: 'consecutive_failures',
    evidence: { calls: 8, failures: 5, slow: 0, consecutiveFailures: 5, lastErrors: ['connect refused'] },
    actor: 'switchyard',
    reason: null,
    generation: 3,
    retryAt: NOON + 60_000,
    ...over,
  },
})

export const overrideSet = (id: string, at = NOON): CircuitEventEntry => ({
  id,
  providerId: 'acme',
  model: null,
  event: {
    type: 'override_set',
    at,
    override: {
      mode: 'forced_open',
      actor: 'ada',
      reason: 'maintenance',
      since: at,
      until: at + 3_600_000,
      failingSince: null,
    },
  },
})

export const cooled = (id: string, at = NOON): CircuitEventEntry => ({
  id,
  providerId: 'acme',
  model: null,
  event: { type: 'cooling', at, cooling: { until: at + 5_000, reason: '429 with Retry-After' } },
})

export const audit = (id: string, over: Partial<AuditRecord> = {}): AuditRecord => ({
  id,
  at: NOON,
  ...authorNamed('ada'),
  action: 'circuit.force',
  entity: { type: 'circuit', id: 'acme' },
  providerId: 'acme',
  model: null,
  outcome: 'done',
  summary: 'forced open',
  reason: 'maintenance',
  before: null,
  after: { mode: 'forced_open' },
  ...over,
})

export const marker = (id: string, over: Partial<MarkerRecord> = {}): MarkerRecord => ({
  id,
  at: NOON,
  title: 'shop 4.2 deployed',
  text: 'new prompt',
  url: 'https://ci.example.com/builds/42',
  actor: 'ada',
  providerId: null,
  ...over,
})

export const settings = (version: number, over: Partial<SettingsRecord> = {}): SettingsRecord => ({
  version,
  at: NOON + version,
  actor: 'ada',
  reason: 'quieter nights',
  settings: DEFAULT_SETTINGS,
  ...over,
})

export const entry = (over: Partial<JournalEntry> = {}): JournalEntry => ({
  ...emptyEntry,
  ...over,
})
