import type { JournalStatus } from '#lib/services/ports.ts'
import type { WriteJob } from './write-job.ts'

type State = Pick<JournalStatus, 'state' | 'detail'>

/** Turns the fate of single jobs into the journal's state. */
export type WriteTrouble = {
  readonly state: () => State
  readonly began: () => void
  readonly succeeded: (type: WriteJob['type']) => void
  readonly failed: (type: WriteJob['type'], message: string) => void
  /** Ends the timer. */
  readonly stop: () => void
}

/**
 * Impaired when a kind of job has gone `impairedAfterMs` without success, be it refused or unanswered; ok again once
 * every kind that failed has succeeded.
 */
export function watchTrouble(impairedAfterMs: number, onChange: () => void): WriteTrouble {
  const messages = new Map<WriteJob['type'], string>()
  let timer: NodeJS.Timeout | null = null
  let impaired = false

  function setImpaired(value: boolean) {
    if (impaired === value) return
    impaired = value
    onChange()
  }

  function stop() {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  return {
    state: () => {
      if (!impaired) return { state: 'ok', detail: null }
      const [message] = messages.values()
      return { state: 'impaired', detail: message ?? 'The database does not answer.' }
    },
    began: () => {
      timer ??= setTimeout(() => setImpaired(true), impairedAfterMs)
    },
    succeeded: (type) => {
      messages.delete(type)
      if (messages.size > 0) return
      stop()
      setImpaired(false)
    },
    failed: (type, message) => void messages.set(type, message),
    stop,
  }
}
