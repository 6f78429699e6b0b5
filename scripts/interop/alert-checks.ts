import { startAlertmanager } from './alertmanager.ts'
import { type Checks, must, until } from './checks.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import type { Programs } from './programs.ts'
import type { RunningProgram } from './start-program.ts'
import type { WatchedConsole } from './watched-console.ts'

type Interop = { programs: Programs; watched: WatchedConsole; folder: string }
type Receivers = { alertmanager: RunningProgram; mail: MailServer; watched: WatchedConsole }
type AlertmanagerAlert = {
  labels: Record<string, string>
  annotations: Record<string, string>
  endsAt: string
}

const DOWN = 'interop-down'

/** Whether an alarm and its end reach an Alertmanager and a mail server that other people wrote. */
export async function checkAlerts(checks: Checks, { programs, watched, folder }: Interop): Promise<void> {
  const alertmanager = await startAlertmanager(programs, folder)
  const mail = await startMailServer(programs, folder)
  const receivers = { alertmanager, mail, watched }
  try {
    await checks.hold('an Alertmanager holds no alert before there is one', async () => {
      const held = await alertsOf(receivers)
      must(held.length === 0, `It holds ${JSON.stringify(held)}.`)
    })
    await checks.hold('both kinds of channel are tried by their test button', () => tryChannels(receivers))
    await checks.hold('a provider that is down is one alert in Alertmanager, and one mail', () =>
      raiseAlarm(receivers),
    )
    await checks.hold('its end reaches both', () => endAlarm(receivers))
  } finally {
    await alertmanager.stop()
    await mail.stop()
  }
}

const alertsOf = async ({ alertmanager }: Receivers): Promise<AlertmanagerAlert[]> => {
  const response = await fetch(`${alertmanager.url}/api/v2/alerts`)
  return (await response.json()) as AlertmanagerAlert[]
}

const alertsAbout = async (receivers: Receivers): Promise<AlertmanagerAlert[]> =>
  (await alertsOf(receivers)).filter(({ labels }) => labels['provider'] === DOWN)

const subjectsOf = (mails: readonly string[]): string[] =>
  mails.flatMap((mail) => /^Subject: (.+)$/m.exec(mail)?.[1] ?? [])

async function tryChannels({ alertmanager, mail, watched }: Receivers): Promise<void> {
  const { asAdministrator: ada } = watched
  await ada('POST', '/api/alerts/channels', {
    id: 'alertmanager',
    name: 'Alertmanager',
    kind: 'alertmanager',
    settings: { baseUrl: alertmanager.url },
    secrets: {},
  })
  await ada('POST', '/api/alerts/channels', {
    id: 'mail',
    name: 'Mail',
    kind: 'email',
    settings: {
      host: '127.0.0.1',
      port: mail.port,
      tls: 'none',
      from: 'switchyard@example.com',
      to: ['ada@example.com'],
    },
    secrets: {},
  })
  for (const id of ['alertmanager', 'mail']) {
    const answer = (await ada('POST', `/api/alerts/channels/${id}/test`)) as { outcome: string }
    must(answer.outcome === 'delivered', `${id} answered ${JSON.stringify(answer)}.`)
  }
  await until(mail.mails, (mails) => mails.length === 1)
}

/** Without any wait: what is told is looked at here, not when. */
async function raiseAlarm(receivers: Receivers): Promise<void> {
  const { mail, watched } = receivers
  const { asAdministrator: ada } = watched
  const inForce = (await ada('GET', '/api/settings')) as { version: number; settings: object }
  await ada('PUT', '/api/settings', {
    settings: { ...inForce.settings, alerts: { groupWait: '0s', groupInterval: '5m', repeat: '4h' } },
    expectedVersion: inForce.version,
    reason: 'no wait',
  })
  // Nobody listens on port 9 of a machine of today.
  const provider = { id: DOWN, name: DOWN, kind: 'http', baseUrl: 'http://127.0.0.1:9/' }
  await ada('POST', '/api/providers', provider)
  await ada('POST', '/api/alerts/rules', {
    name: 'Interop',
    severity: 'critical',
    condition: { type: 'provider_unhealthy' },
    scope: { type: 'providers', ids: [DOWN] },
    for: '0s',
    keepFiring: '0s',
  })
  for (let check = 0; check < 3; check += 1) await ada('POST', `/api/providers/${DOWN}/check`)
  const alerts = await until(
    () => alertsAbout(receivers),
    (found) => found.length === 1,
  )
  const isIt = ({ labels }: AlertmanagerAlert) =>
    labels['alertname'] === 'Interop' && labels['severity'] === 'critical'
  must(alerts.every(isIt), `It holds ${JSON.stringify(alerts)}.`)
  await until(
    async () => subjectsOf(await mail.mails()),
    (subjects) => subjects.filter((subject) => subject.includes(`${DOWN} is unhealthy`)).length === 1,
  )
}

async function endAlarm(receivers: Receivers): Promise<void> {
  const { mail, watched } = receivers
  await watched.asAdministrator('DELETE', `/api/providers/${DOWN}`)
  // Alertmanager lists only what is not over.
  await until(
    () => alertsAbout(receivers),
    (alerts) => alerts.length === 0,
  )
  await until(
    async () => subjectsOf(await mail.mails()),
    (subjects) => subjects.some((subject) => subject.includes('Resolved: ')),
  )
}
