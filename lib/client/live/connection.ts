/** How the stream stands. Times are the browser's epoch ms. */
export type Connection =
  | { state: 'connecting'; since: number; attempt: number }
  | { state: 'live'; since: number; heardAt: number }
  | { state: 'waiting'; since: number; attempt: number; retryAt: number }

export type ConnectionSignal = 'heard' | 'failed' | 'retry' | 'tick'

const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const
/** Longer than two heartbeats: a stream that is silent for so long is dead, whatever the browser says. */
export const SILENCE_MS = 35_000

export const initialConnection = (now: number): Connection => ({
  state: 'connecting',
  since: now,
  attempt: 0,
})

/**
 * The connection after a signal. `since` is when the stream was last good (or first tried), and survives retries;
 * the same object comes back when nothing changed. `tick` notices silence and retries that are due.
 */
export function nextConnection(connection: Connection, signal: ConnectionSignal, now: number): Connection {
  switch (signal) {
    case 'heard':
      return { state: 'live', since: connection.state === 'live' ? connection.since : now, heardAt: now }
    case 'failed':
      return failed(connection, now)
    case 'retry':
      return connection.state === 'waiting'
        ? { state: 'connecting', since: connection.since, attempt: connection.attempt }
        : connection
    case 'tick':
      return ticked(connection, now)
  }
}

function failed(connection: Connection, now: number): Connection {
  if (connection.state === 'waiting') return connection
  const attempt = connection.state === 'live' ? 0 : connection.attempt
  const delayMs = RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 10_000
  const since = connection.state === 'live' ? connection.heardAt : connection.since
  return { state: 'waiting', since, attempt: attempt + 1, retryAt: now + delayMs }
}

function ticked(connection: Connection, now: number): Connection {
  if (connection.state === 'live')
    return now - connection.heardAt > SILENCE_MS ? failed(connection, now) : connection
  if (connection.state === 'waiting' && now >= connection.retryAt)
    return nextConnection(connection, 'retry', now)
  return connection
}
