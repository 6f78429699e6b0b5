import type { NextAttempt, WriteJob } from './write-job.ts'

type Way<Task> = {
  jobOf: (task: Task) => WriteJob
  /** What there is to do when `task` is asked for while `waiting` is not done. */
  merged: (waiting: Task, task: Task) => Task
  /** The pause between two steps. */
  gapMs: number
  /** Called when the next step is due. */
  wake: () => void
}

/** Work in the background that takes many small steps, with pauses for others between them. */
export function stepLane<Task>({ jobOf, merged, gapMs, wake }: Way<Task>) {
  let task: Task | null = null
  let pause: NodeJS.Timeout | null = null

  function takeBreath() {
    pause = setTimeout(() => {
      pause = null
      wake()
    }, gapMs)
  }

  const next: NextAttempt = (ending) => {
    if (task === null || pause !== null || ending) return null
    const taken = task
    return {
      job: jobOf(taken),
      succeeded: ({ more }) => {
        if (!more && task === taken) task = null
        else takeBreath()
      },
      failed: takeBreath,
    }
  }

  return {
    next,
    ask: (asked: Task) => {
      task = task === null ? asked : merged(task, asked)
    },
    stop: () => {
      if (pause !== null) clearTimeout(pause)
    },
  }
}
