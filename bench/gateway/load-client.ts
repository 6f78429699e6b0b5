import { runClosed } from './closed-loop.ts'
import { holdStreams } from './hold-streams.ts'
import type { LoadFindings, LoadJob } from './load-jobs.ts'
import { runPaced } from './paced.ts'

/** A process that does the jobs its parent sends, one after another, and answers each with what it found. */
function run(job: LoadJob): Promise<LoadFindings> {
  switch (job.kind) {
    case 'closed':
      return runClosed(job)
    case 'paced':
    case 'streams':
      return runPaced(job)
    case 'hold':
      return holdStreams(job)
  }
}

process.on('message', (message: LoadJob | 'close') => {
  if (message === 'close') return
  void run(message).then((findings) => process.send?.(findings))
})
// Waiting for work is reason enough to live.
process.channel?.ref()
console.log('ready')
