import { startAlertmanager } from './alertmanager.ts'
import { type Checks, must } from './checks.ts'
import type { Programs } from './programs.ts'

/** Whether an Alertmanager is there to be told of alerts. What is delivered to it is checked here, while it runs. */
export async function checkAlerts(
  checks: Checks,
  { programs, folder }: { programs: Programs; folder: string },
): Promise<void> {
  await checks.hold('an Alertmanager starts, and nothing is firing', async () => {
    const alertmanager = await startAlertmanager(programs, folder)
    try {
      const healthy = await fetch(`${alertmanager.url}/-/healthy`)
      must(healthy.ok, `It answered ${healthy.status}.`)
      const alerts: unknown = await (await fetch(`${alertmanager.url}/api/v2/alerts`)).json()
      must(Array.isArray(alerts) && alerts.length === 0, `It holds ${JSON.stringify(alerts)}.`)
    } finally {
      await alertmanager.stop()
    }
  })
}
