import { describe, expect, it } from 'vitest'
import { type DestinationChange, secretsToGiveAgain } from './channel-destination.ts'

const mail = { host: 'smtp.example.com', port: 587, from: 'a@example.com' }
const change = (over: Partial<DestinationChange>): DestinationChange => ({
  kind: 'email',
  before: mail,
  after: mail,
  kept: ['password'],
  given: [],
  ...over,
})

describe('a kept secret', () => {
  it.each<[why: string, over: Partial<DestinationChange>, again: string[]]>([
    ['stays where nothing changes', {}, []],
    ['stays where the change is not of the place', { after: { ...mail, from: 'b@example.com' } }, []],
    [
      'is to be given again for another host',
      { after: { ...mail, host: 'smtp.other.example' } },
      ['password'],
    ],
    ['is to be given again for another port', { after: { ...mail, port: 2525 } }, ['password']],
    ['was given with the change', { after: { ...mail, host: 'other' }, given: ['password'] }, []],
    ['was never there', { after: { ...mail, host: 'other' }, kept: [] }, []],
    [
      'of PagerDuty follows its address',
      { kind: 'pagerduty', before: { baseUrl: 'a' }, after: { baseUrl: 'b' }, kept: ['routingKey'] },
      ['routingKey'],
    ],
    [
      'of Alertmanager follows its address',
      { kind: 'alertmanager', before: { baseUrl: 'a' }, after: { baseUrl: 'b' }, kept: ['credential'] },
      ['credential'],
    ],
    [
      'is to be given again for another webhook, unless it only signs',
      { kind: 'webhook', kept: ['url', 'signingSecret', 'authorization'], given: ['url'] },
      ['authorization'],
    ],
    ['of a webhook stays with its address', { kind: 'webhook', kept: ['url', 'authorization'] }, []],
    ['of Slack is the address', { kind: 'slack', kept: ['url'], given: ['url'] }, []],
  ])('%s', (_why, over, again) => {
    expect(secretsToGiveAgain(change(over))).toEqual(again)
  })
})
