import { describe, expect, it } from 'vitest'
import {
  alertWith,
  incidentWith,
  notificationWith,
  resolvedNotification,
} from '#lib/domain/alerts/notification.fixture.ts'
import type { Notification } from '#lib/domain/alerts/notification.ts'
import { serve } from '../http/testing/local-server.ts'
import { notifier, opened } from './channels.fixture.ts'

async function sent(notification: Notification) {
  const server = await serve((response) => response.end('ok'))
  const channel = opened('slack', { url: `${server.url}/services/T0/B0/planted` })
  expect(await notifier().send(channel, notification)).toMatchObject({ outcome: 'delivered', answer: 'ok' })
  const [request] = server.requests
  expect(request).toMatchObject({ method: 'POST', url: '/services/T0/B0/planted' })
  return JSON.parse(request!.body) as unknown
}

const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })

describe('a message to Slack', () => {
  it('has the title as its text, and the rest as blocks in the colour of the severity', async () => {
    expect(await sent(notificationWith())).toEqual({
      text: 'OpenAI is unhealthy',
      attachments: [
        {
          color: '#c0392b',
          fallback: 'OpenAI is unhealthy',
          blocks: [
            {
              type: 'section',
              text: plain('OpenAI has refused connections for 2 min. 3 routes use it.'),
            },
            { type: 'section', text: plain('now: OpenAI: unhealthy for 2 min: connect refused') },
            {
              type: 'context',
              elements: [plain('critical · triggered · inc_01 · 2026-11-28T09:58:00.000Z')],
            },
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: '<https://switchyard.example.com/incidents/inc_01|Open in Switchyard>',
              },
            },
          ],
        },
      ],
      unfurl_links: false,
    })
  })

  it('is green once it is over', async () => {
    expect(await sent(resolvedNotification())).toMatchObject({ attachments: [{ color: '#1e8449' }] })
  })

  it('mentions nobody, whatever a name says', async () => {
    const alerts = [alertWith({ sentence: '<!here>' })]
    const hostile = notificationWith({
      title: '<!channel> & <https://evil.example|you>',
      link: 'https://switchyard.example.com/a?b=<c>|d',
      incident: incidentWith({ alerts }),
    })
    const body = await sent(hostile)
    expect(body).toMatchObject({
      text: '&lt;!channel&gt; &amp; &lt;https://evil.example|you&gt;',
      attachments: [{ blocks: [{}, { text: { type: 'plain_text' } }, {}, {}] }],
    })
    expect(JSON.stringify(body)).toContain('<https://switchyard.example.com/a?b=&lt;c&gt;%7Cd|Open')
  })

  it('has no empty block', async () => {
    const bare = notificationWith({ notice: 'test', text: '', link: null, incident: null, severity: 'info' })
    expect(await sent(bare)).toMatchObject({
      attachments: [{ blocks: [{ type: 'context', elements: [plain('info · test')] }] }],
    })
  })
})
