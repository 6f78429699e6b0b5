// The thread that owns the writing connection.
import { answerAccounts } from './answer-accounts.ts'
import type { AccountsRequest } from './account-requests.ts'
import type { WriteJob, WriteResult } from '../storage/write-job.ts'
import { createNameTable } from './check-names.ts'
import { openForWriting } from './client.ts'
import { createPacker } from './pack-outcomes.ts'
import { prune } from './prune.ts'
import { rollUp } from './roll-up.ts'
import { createMarks } from './rollup-marks.ts'
import { sameFile } from './same-file.ts'
import { serveRequests } from './serve-requests.ts'
import { setup } from './worker-messages.ts'
import { createAuditChain } from './write-audit.ts'
import { writeChecks } from './write-checks.ts'
import { writeDecisionCounts, writeDecisions } from './write-decisions.ts'
import { writeEntries } from './write-entries.ts'
import { writeHealth } from './write-health.ts'
import { writeParts } from './write-parts.ts'

const client = openForWriting(setup.path)
const refuseOtherFile = sameFile(setup.path)
const names = createNameTable()
const marks = createMarks()
const chain = createAuditChain()
const packer = createPacker(client)

async function write(job: WriteJob): Promise<WriteResult> {
  switch (job.type) {
    case 'entries':
      await writeEntries(client, chain, job.entries)
      return { more: false }
    case 'checks':
      await writeChecks(client, { names, marks }, job.checks)
      return { more: false }
    case 'health':
      await writeHealth(client, job.rows)
      return { more: false }
    case 'decisions':
      await writeDecisions(client, job.decisions)
      return { more: false }
    case 'counts':
      await writeDecisionCounts(client, job.counts)
      return { more: false }
    case 'outcomes':
      await writeParts(client, job.parts)
      return { more: false }
    case 'pack':
      return { more: await packer.step(job) }
    case 'rollup':
      return { more: await rollUp(client, marks, job) }
    case 'prune':
      return { more: await prune(client, names, job.before) }
  }
}

serveRequests(
  (request) => {
    refuseOtherFile()
    const asked = request as WriteJob | AccountsRequest
    return asked.type === 'accounts' ? answerAccounts(client, asked.query) : write(asked)
  },
  () => client.$disconnect(),
)
