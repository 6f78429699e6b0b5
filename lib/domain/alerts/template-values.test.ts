import { describe, expect, it } from 'vitest'
import { alertWith, incidentWith, notificationWith, resolvedNotification } from './notification.fixture.ts'
import { alertLines, cut, runbookOf, templateValues } from './template-values.ts'

describe('the values of a notification', () => {
  it('say what an incident is', () => {
    expect(templateValues(notificationWith())).toEqual({
      id: 'ntf_01',
      notice: 'triggered',
      severity: 'critical',
      title: 'OpenAI is unhealthy',
      text: 'OpenAI has refused connections for 2 min. 3 routes use it.',
      link: 'https://switchyard.example.com/incidents/inc_01',
      at: '2026-11-28T10:00:00.000Z',
      colour: '#c0392b',
      'colour.number': '12597547',
      priority: '5',
      emoji: 'rotating_light',
      runbook: 'https://runbooks.example.com/openai',
      'incident.id': 'inc_01',
      'incident.key': 'switchyard/inc_01',
      'incident.state': 'firing',
      'incident.since': '2026-11-28T09:58:00.000Z',
      'incident.until': null,
      'incident.by': null,
      alerts: 'now: OpenAI: unhealthy for 2 min: connect refused',
      'alerts.count': '1',
    })
  })

  it('are green once it is over, and say until when it was', () => {
    expect(templateValues(resolvedNotification())).toMatchObject({
      severity: 'critical',
      colour: '#1e8449',
      priority: '3',
      emoji: 'white_check_mark',
      'incident.until': '2026-11-28T10:01:00.000Z',
      alerts: 'over: OpenAI: unhealthy for 2 min: connect refused',
    })
  })

  it('are missing where there is no incident, or none of its alerts', () => {
    const missing = { runbook: null, alerts: null, 'alerts.count': null }
    expect(templateValues(notificationWith({ incident: null }))).toMatchObject({
      ...missing,
      'incident.id': null,
    })
    expect(templateValues(notificationWith({ incident: incidentWith({ alerts: [] }) }))).toMatchObject(
      missing,
    )
  })

  it('name the subject of each alert, and count what is too much to list', () => {
    const subjects = [
      alertWith({ subject: { type: 'circuit', id: 'c', name: 'OpenAI', model: 'gpt' }, sentence: 'open' }),
      alertWith({ subject: { type: 'circuit', id: 'c', name: 'OpenAI', model: null }, sentence: 'open' }),
      alertWith({ subject: { type: 'route', id: 'r', name: 'chat' }, sentence: 'alone' }),
      alertWith({ subject: { type: 'monitor' }, sentence: 'late' }),
    ]
    expect(alertLines(subjects)).toEqual([
      'now: OpenAI, gpt: open',
      'now: OpenAI: open',
      'now: route chat: alone',
      'now: Switchyard itself: late',
    ])
    const many = alertLines(Array.from({ length: 500 }, () => alertWith()))
    expect([many.length, many.at(-1)]).toEqual([16, 'and 485 more'])
  })

  it('take no runbook that is not a web address', () => {
    const script = alertWith({ runbookUrl: 'javascript:alert(1)' })
    expect(runbookOf([script, alertWith({ runbookUrl: null })])).toBeNull()
    expect(runbookOf([script, alertWith()])).toBe('https://runbooks.example.com/openai')
  })

  it('are cut to what every service takes, never within a character', () => {
    expect(templateValues(notificationWith({ text: 'x'.repeat(9_000) })).text).toHaveLength(2_000)
    expect(cut('abcd', 4)).toBe('abcd')
    expect(cut('abcde', 4)).toBe('abc…')
    expect(cut('ab😀de', 4)).toBe('ab…')
  })
})
