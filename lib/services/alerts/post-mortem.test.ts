import { describe, expect, it } from 'vitest'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { postMortem } from './post-mortem.ts'

const detail: IncidentDetail = {
  id: 'x',
  causeType: 'provider',
  state: 'resolved',
  severity: 'critical',
  title: 'acme_eu is *down*',
  startedAt: '2026-03-01T12:00:00.000Z',
  resolvedAt: '2026-03-01T12:07:20.000Z',
  acknowledgement: { by: 'ada', at: '2026-03-01T12:02:00.000Z', note: null },
  mergedInto: null,
  providerIds: ['acme'],
  alerts: { firing: 0, recovering: 0, over: 1 },
  told: true,
  silenced: false,
  dedupKey: 'switchyard/x',
  members: [
    {
      ruleId: 'down',
      ruleName: 'A provider is down',
      condition: 'provider_unhealthy',
      severity: 'critical',
      subject: { type: 'provider', id: 'acme', model: null, text: 'Acme' },
      providerId: 'acme',
      state: 'over',
      mutedBy: null,
      since: '2026-03-01T12:00:00.000Z',
      overAt: '2026-03-01T12:07:00.000Z',
      sentence: 'connect [refused]',
      runbookUrl: null,
    },
  ],
  timeline: [
    { kind: 'event', id: 'e1', at: '2026-03-01T12:00:00.000Z', type: 'began', actor: null, text: 'it began' },
    {
      kind: 'event',
      id: 'e2',
      at: '2026-03-01T12:03:00.000Z',
      type: 'note',
      actor: 'ada',
      text: 'first line\n\n# not a heading',
    },
    {
      kind: 'delivery',
      id: 'd1',
      at: '2026-03-01T12:01:00.000Z',
      delivery: {
        id: 'd1',
        channelId: 'ops',
        channelName: null,
        notice: 'triggered',
        title: 't',
        state: 'dead',
        attempts: 1,
        createdAt: '2026-03-01T12:01:00.000Z',
        nextAttemptAt: null,
        endedAt: '2026-03-01T12:01:00.000Z',
        lastResult: {
          outcome: 'refused',
          status: 404,
          answer: '',
          retryAfterMs: null,
          detail: 'It answered 404.',
        },
        incidentId: 'x',
      },
    },
  ],
  routes: [{ name: 'chat', members: 2, eligible: 1, calls: 7 }],
}

const lines = (of: Partial<IncidentDetail> = {}) => postMortem({ ...detail, ...of }).split('\n')

describe('the beginnings of a post-mortem', () => {
  it('say what is known, in order, and leave room for what is not', () => {
    expect(lines()).toEqual([
      '# acme\\_eu is \\*down\\*',
      '',
      '- Severity: critical',
      '- Began: 2026-03-01T12:00:00.000Z',
      '- Over: 2026-03-01T12:07:20.000Z',
      '- Lasted: 7 min',
      '- Acknowledged by: ada',
      '',
      '## Alerts',
      '',
      '- 2026-03-01T12:00:00.000Z A provider is down, Acme: connect \\[refused\\]',
      '',
      '## Routes that lead there',
      '',
      '- chat: 1 of 2 members eligible now',
      '',
      '## Timeline',
      '',
      '- 2026-03-01T12:00:00.000Z it began',
      '- 2026-03-01T12:03:00.000Z ada: first line \\# not a heading',
      '- 2026-03-01T12:01:00.000Z triggered to ops, dead: It answered 404.',
      '',
      '## What was the cause?',
      '',
      '## What went well, what did not?',
      '',
      '## What will be done?',
      '',
    ])
  })

  it('can be had before the end, of something that nobody saw and no route leads to', () => {
    const said = lines({ resolvedAt: null, acknowledgement: null, routes: [] })
    expect(said).toContain('- Over: not yet')
    expect(said).toContain('- Acknowledged by: nobody')
    expect(said).toContain('None.')
    expect(said.some((line) => line.startsWith('- Lasted'))).toBe(false)
  })
})
