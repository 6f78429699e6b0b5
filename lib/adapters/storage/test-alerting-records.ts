import type { AlertLabels } from '#lib/domain/alerts/alert.ts'
import { type Incident, newIncident } from '#lib/domain/alerts/incident.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { RULE_DEFAULTS } from '#lib/domain/alerts/rule.ts'
import type {
  AlertingEntry,
  ChannelRecord,
  DeliveryRecord,
  IncidentEvent,
  RuleRecord,
  SilenceRecord,
} from '#lib/services/alerts/records.ts'
import { emptyAlerting } from '#lib/services/alerts/records.ts'
import { NOON } from './test-records.ts'

export const alertRule = (id: string, over: Partial<RuleRecord> = {}): RuleRecord => ({
  rule: {
    ...RULE_DEFAULTS,
    id,
    name: `Rule ${id}`,
    scope: { type: 'tags', tags: ['chat'] },
    condition: { type: 'success_rate', below: 0.95, windowMs: 300_000, minSamples: 10 },
    runbookUrl: 'https://example.com/runbook',
  },
  channels: ['ops'],
  version: 1,
  createdAt: NOON,
  updatedAt: NOON,
  ...over,
})

export const channel = (id: string, over: Partial<ChannelRecord> = {}): ChannelRecord => ({
  id,
  name: `Channel ${id}`,
  kind: 'webhook',
  enabled: true,
  settings: { form: 'json' },
  secrets: { url: { type: 'sealed', sealed: 'sealed-test-url', last4: 'hook' } },
  version: 1,
  createdAt: NOON,
  updatedAt: NOON,
  ...over,
})

export const silence = (id: string, over: Partial<SilenceRecord> = {}): SilenceRecord => ({
  id,
  matchers: [{ field: 'provider', operator: 'is', value: 'acme' }],
  reason: 'moving house',
  createdBy: 'ada',
  createdAt: NOON,
  from: NOON,
  until: NOON + 3_600_000,
  recurrence: null,
  ...over,
})

const labels: AlertLabels = {
  ruleId: 'down',
  ruleName: 'A provider is down',
  severity: 'critical',
  condition: 'provider_unhealthy',
  runbookUrl: null,
  subject: { type: 'provider', id: 'acme', name: 'Acme' },
  subjectKey: 'provider:acme',
  providerId: 'acme',
  tags: ['chat'],
}

/** An incident of a provider that is down, which one channel was told of. */
export const incident = (provider: string, over: Partial<Incident> = {}): Incident => ({
  ...newIncident({
    id: `of-${provider}`,
    cause: `provider:${provider}`,
    startedAt: NOON,
    severity: 'critical',
  }),
  state: 'firing',
  members: [
    {
      labels,
      state: 'firing',
      mute: null,
      since: NOON,
      overAt: null,
      isAcknowledged: false,
      sentence: '3 failures in a row: connect refused',
      isTold: true,
      isFlapping: false,
      formerly: [{ ruleName: 'Provider gone', severity: 'warning' }],
    },
  ],
  told: {
    channels: ['ops'],
    lastAt: NOON + 30_000,
    severity: 'critical',
    notices: 1,
    acknowledgement: false,
  },
  ...over,
})

export const incidentEvent = (id: string, over: Partial<IncidentEvent> = {}): IncidentEvent => ({
  id,
  incidentId: incident('acme').id,
  at: NOON,
  type: 'note',
  actor: 'ada',
  text: 'called them',
  ...over,
})

const notification: Notification = {
  id: 'n-1',
  notice: 'triggered',
  incident: {
    id: incident('acme').id,
    dedupKey: incident('acme').dedupKey,
    state: 'firing',
    startedAt: NOON,
    resolvedAt: null,
    acknowledgedBy: null,
    alerts: [
      {
        ruleId: 'down',
        ruleName: 'A provider is down',
        severity: 'critical',
        subject: { type: 'circuit', id: 'acme', name: 'Acme', model: 'gpt-4o' },
        isOver: false,
        sentence: '3 failures in a row: connect refused',
        since: NOON,
        runbookUrl: null,
        formerly: [],
      },
    ],
  },
  severity: 'critical',
  title: 'Acme is down',
  text: 'Acme is unhealthy: 3 failures in a row.',
  link: 'https://console.example.com/incidents/x',
  at: NOON,
}

export const delivery = (id: string, over: Partial<DeliveryRecord> = {}): DeliveryRecord => ({
  id,
  incidentId: incident('acme').id,
  channelId: 'ops',
  position: 1,
  notification,
  state: 'waiting',
  attempts: 0,
  nextAttemptAt: NOON,
  createdAt: NOON,
  endedAt: null,
  lastResult: null,
  ...over,
})

/** A journal entry's part for alerts. */
export const alerting = (over: Partial<AlertingEntry>): AlertingEntry => ({ ...emptyAlerting, ...over })
