import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fleet } from '#demo/fleet.ts'
import type { IncidentRow } from '#lib/contract/incident-row.ts'
import type { IncidentDetail } from '#lib/contract/incident.ts'
import { plant } from './canaries.ts'
import type { Console } from './console.ts'
import { expect } from './fixtures.ts'

const SOON = { timeout: 60_000 }

/** Alarms of every kind, until `stop`: the id of the incident that fires. */
export type Alarms = { incidentId: string; stop: () => void }

/**
 * An incident that fires and one that is over, told to a channel that works, to one that is refused and to one that
 * cannot be reached; acknowledged, with a note; and silences, once and again and again.
 */
export async function makeAlarms(fleet: Fleet, running: Console): Promise<Alarms> {
  const { api } = running
  const server = createServer((request, response) => {
    request.resume()
    if (request.url?.startsWith('/away') === true) return request.socket.destroy()
    const isGood = request.url?.startsWith('/good') === true
    response.writeHead(isGood ? 200 : 410).end(isGood ? 'noted' : 'This address has been given up.')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await addChannels(running, `http://127.0.0.1:${port}`)
  await api('POST', '/api/alerts/rules', {
    name: 'Down at once',
    condition: { type: 'provider_unhealthy' },
    severity: 'critical',
    for: '0s',
    keepFiring: '0s',
    runbookUrl: 'https://runbooks.example/provider-down',
  })
  await addSilences(running)
  const over = await outage(fleet, running, 'anthropic')
  await fleet.order('anthropic', { condition: 'up' })
  await expect.poll(async () => (await storyOf(running, over)).state, SOON).toBe('resolved')
  const incidentId = await outage(fleet, running, 'openai-prod')
  const path = `/api/alerts/incidents/${incidentId}`
  await api('POST', `${path}/ack`, { note: 'Looking into it; the status page says nothing yet.' })
  await api('POST', `${path}/notes`, { text: 'The key had run out.\nA new one is on its way.' })
  return {
    incidentId,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function addChannels({ api }: Console, address: string): Promise<void> {
  const addresses = {
    oncall: ['On-call hook', `${address}/good/${plant('a webhook that works')}`],
    pager: ['Old pager', `${address}/gone/${plant('a webhook that is refused')}`],
    chat: ['Chat of the platform team', `${address}/away/${plant('a webhook out of reach')}`],
  }
  for (const [id, [name, url]] of Object.entries(addresses))
    await api('POST', '/api/alerts/channels', {
      kind: 'webhook',
      id,
      name,
      settings: { form: 'json' },
      secrets: { url: { secret: url } },
    })
}

async function addSilences({ api }: Console): Promise<void> {
  const about = (value: string) => [{ field: 'provider', operator: 'is', value }]
  await api('POST', '/api/alerts/silences', {
    matchers: about('local-ollama'),
    reason: 'new disks, until the evening',
    until: new Date(Date.now() + 4 * 3_600_000).toISOString(),
  })
  await api('POST', '/api/alerts/silences', {
    matchers: about('openai-prod-of-another-region-whose-name-is-long'),
    reason: 'weekly upgrade',
    until: null,
    recurrence: { cron: '30 2 * * 0', timeZone: 'Australia/Lord_Howe', duration: '2h' },
  })
}

/** Takes a provider down and waits until every channel has been tried; returns the incident's id. */
async function outage(fleet: Fleet, running: Console, providerId: string): Promise<string> {
  await fleet.order(providerId, { condition: 'down' })
  const firing = async () => {
    const { items } = await running.api<{ items: IncidentRow[] }>('GET', '/api/alerts/incidents/open')
    return items.find(({ state, providerIds }) => state === 'firing' && providerIds.includes(providerId))?.id
  }
  await expect.poll(firing, SOON).toBeDefined()
  const id = (await firing()) ?? ''
  const tried = async () => {
    const { timeline } = await storyOf(running, id)
    return timeline.flatMap((entry) =>
      entry.kind === 'delivery' && entry.delivery.attempts > 0 ? [entry.delivery.channelName] : [],
    )
  }
  await expect.poll(tried, SOON).toEqual(expect.arrayContaining(['On-call hook', 'Old pager']))
  return id
}

const storyOf = ({ api }: Console, id: string) => api<IncidentDetail>('GET', `/api/alerts/incidents/${id}`)
