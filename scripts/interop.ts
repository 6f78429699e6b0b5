import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAlerts } from './interop/alert-checks.ts'
import { newChecks } from './interop/checks.ts'
import { checkMetrics } from './interop/metrics-checks.ts'
import { debianPrograms, type Programs } from './interop/programs.ts'
import { startWatchedConsole } from './interop/watched-console.ts'
import { prepareBuild } from './prepare-build.ts'
import { lastLine } from './tally.ts'

const checks = newChecks((line) => console.log(line))
// Programs of others end with this process, which a signal would end without a word.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

async function checkAll(programs: Programs): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-interop-'))
  const watched = await startWatchedConsole()
  try {
    await checkMetrics(checks, { programs, watched, folder })
    await checkAlerts(checks, { programs, watched, folder })
  } finally {
    await watched.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

await prepareBuild('')
const found: Programs[] = []
await checks.hold('Prometheus, Alertmanager and a mail server come from Debian', async () => {
  found.push(await debianPrograms())
})
for (const programs of found) await checks.hold('all of it could be tried', () => checkAll(programs))
console.log(`\n${lastLine([checks.tally()])}`)
process.exit(checks.tally().failed > 0 ? 1 : 0)
