import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type { DeliveryView, IncidentAlert } from '#lib/contract/incident.ts'

/** An incident of one provider that fires, with what is given. */
export const incidentRow = (given: Partial<IncidentRow> = {}): IncidentRow => ({
  id: 'inc_1',
  causeType: 'provider',
  state: 'firing',
  severity: 'critical',
  title: 'Acme is unhealthy',
  startedAt: '2026-11-28T10:00:00.000Z',
  resolvedAt: null,
  acknowledgement: null,
  mergedInto: null,
  providerIds: ['acme'],
  alerts: { firing: 1, recovering: 0, over: 0 },
  told: true,
  silenced: false,
  ...given,
})

/** An alert about a provider that fires, with what is given. */
export const incidentAlert = (given: Partial<IncidentAlert> = {}): IncidentAlert => ({
  ruleId: 'rule_1',
  ruleName: 'Provider down',
  condition: 'provider_unhealthy',
  severity: 'critical',
  subject: { type: 'provider', id: 'acme', model: null, text: 'Acme' },
  providerId: 'acme',
  state: 'firing',
  mutedBy: null,
  since: '2026-11-28T10:00:00.000Z',
  overAt: null,
  sentence: 'Acme is unhealthy',
  runbookUrl: null,
  ...given,
})

/** A notification that was delivered at once, with what is given. */
export const deliveryView = (given: Partial<DeliveryView> = {}): DeliveryView => ({
  id: 'ntf_1',
  channelId: 'on-call',
  channelName: 'On-call',
  notice: 'triggered',
  title: 'Acme is unhealthy',
  state: 'delivered',
  attempts: 1,
  createdAt: '2026-11-28T10:01:00.000Z',
  nextAttemptAt: null,
  endedAt: '2026-11-28T10:01:01.000Z',
  lastResult: null,
  incidentId: 'inc_1',
  ...given,
})
