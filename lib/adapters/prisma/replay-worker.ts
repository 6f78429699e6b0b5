// The thread that replays recorded outcomes, so that neither charts nor checks wait for it.
import Database from 'libsql'
import { AppError } from '#lib/domain/errors.ts'
import { ReplaySession } from '../storage/replay-session.ts'
import { recordedHours } from './recorded-hours.ts'
import type { ReplayRequest } from './replay-requests.ts'
import { serveRequests } from './serve-requests.ts'
import { say, setup } from './worker-messages.ts'

/** How long it goes on before it looks whether there is something else to do. */
const STEP_MS = 30
/** Replays that nobody takes on any more are dropped from this many on. */
const MOST_SESSIONS = 50

// The database client's own SQLite, one statement after the other: Node's would be a second one in this process, and two
// do not see each other's locks.
const database = new Database(setup.path)
database.exec('PRAGMA query_only = ON; PRAGMA busy_timeout = 2000')
const recorded = recordedHours(database)
const sessions = new Map<number, ReplaySession>()
let lastId = 0

const warn = (message: string) => say({ type: 'warning', message })

function sessionOf(id: number): ReplaySession {
  const session = sessions.get(id)
  if (session === undefined) throw new AppError('unavailable', 'This replay was given up.')
  return session
}

function answer(request: ReplayRequest): unknown {
  switch (request.do) {
    case 'open': {
      lastId += 1
      const [oldest] = sessions.keys()
      if (sessions.size >= MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest)
      sessions.set(lastId, new ReplaySession(request.query, recorded.of(request.query.providerId), warn))
      return lastId
    }
    case 'step': {
      const session = sessionOf(request.id)
      const until = performance.now() + STEP_MS
      session.step(() => performance.now() < until)
      return session.share
    }
    case 'finish': {
      const session = sessionOf(request.id)
      sessions.delete(request.id)
      return session.finish()
    }
    case 'drop':
      sessions.delete(request.id)
      return null
  }
}

serveRequests(
  (request) =>
    new Promise((resolve) => {
      resolve(answer(request as ReplayRequest))
    }),
  () => {
    database.close()
    return Promise.resolve()
  },
)
