import { withQuery } from '../api.ts'
import { addressOf } from '../base-path.ts'
import { initialConnection, nextConnection, type Connection, type ConnectionSignal } from './connection.ts'

const STREAM_PATH = '/api/monitor/stream'
/** Of this console alone: another may be under another path of the same host. */
const CHANNEL = `switchyard.live${addressOf('/')}`
const TICK_MS = 1_000
const EVENT_KINDS = [
  'hello',
  'provider',
  'provider_removed',
  'transition',
  'override',
  'cooling',
  'action',
  'marker',
  'settings',
  'incident',
  'heartbeat',
]

type Message =
  | { type: 'event'; text: string }
  | { type: 'connection'; connection: Connection }
  | { type: 'ask' }
  | { type: 'retry' }

/** What a tab wants to know of the stream, and how it stops. */
export type StreamListener = {
  /** The id of the event up to which everything is known, so that the stream goes on from there; null: nothing is. */
  lastEventId: () => string | null
  onEvent: (text: string) => void
  onConnection: (connection: Connection) => void
}
export type SharedStream = { retry: () => void; close: () => void }

/**
 * Listens to the server's stream together with all tabs of this browser: the tab that holds the lock keeps the one
 * connection and passes on what it hears; when it goes, another takes over. Without locks each tab has its own.
 */
export function joinSharedStream(listener: StreamListener): SharedStream {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : null
  const leaving = new AbortController()
  let leader: SharedStream | null = null
  let connection = initialConnection(Date.now())
  // A tab that hears nothing from its leader notices by itself.
  const follow = (signal: ConnectionSignal) => {
    const next = nextConnection(connection, signal, Date.now())
    if (next !== connection) listener.onConnection((connection = next))
  }
  const post = (message: Message) => channel?.postMessage(message)

  const lead = () => {
    leader = openStream({
      lastEventId: listener.lastEventId,
      onEvent: (text) => {
        post({ type: 'event', text })
        listener.onEvent(text)
      },
      onConnection: (next) => {
        connection = next
        post({ type: 'connection', connection })
        listener.onConnection(connection)
      },
    })
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (leader) {
      if (data.type === 'ask') post({ type: 'connection', connection })
      if (data.type === 'retry') leader.retry()
    } else if (data.type === 'event') {
      follow('heard')
      listener.onEvent(data.text)
    } else if (data.type === 'connection') {
      listener.onConnection((connection = data.connection))
    }
  })

  if (channel && 'locks' in navigator) {
    void navigator.locks
      .request(CHANNEL, { signal: leaving.signal }, () => {
        lead()
        return new Promise<void>((resolve) => leaving.signal.addEventListener('abort', () => resolve()))
      })
      .catch(() => undefined)
    post({ type: 'ask' })
  } else {
    lead()
  }
  const timer = setInterval(() => {
    if (!leader) follow('tick')
  }, TICK_MS)

  return {
    retry: () => (leader ? leader.retry() : post({ type: 'retry' })),
    close: () => {
      clearInterval(timer)
      leaving.abort()
      leader?.close()
      channel?.close()
    },
  }
}

/** Keeps one connection to the server's stream, coming back by itself after it is lost. */
function openStream({ lastEventId, onEvent, onConnection }: StreamListener): SharedStream {
  let connection = initialConnection(Date.now())
  let source: EventSource | null = null

  const signal = (kind: ConnectionSignal) => {
    const next = nextConnection(connection, kind, Date.now())
    if (next === connection) return
    connection = next
    onConnection(connection)
    if (connection.state === 'waiting') disconnect()
    if (connection.state === 'connecting' && source === null) connect()
  }
  const disconnect = () => {
    source?.close()
    source = null
  }
  const connect = () => {
    const opened = new EventSource(addressOf(withQuery(STREAM_PATH, { lastEventId: lastEventId() })))
    source = opened
    for (const kind of EVENT_KINDS) {
      opened.addEventListener(kind, ({ data }: MessageEvent<string>) => {
        signal('heard')
        onEvent(data)
      })
    }
    // The browser's own retry gives no time to show and stops at an HTTP error, so ours takes its place.
    opened.addEventListener('error', () => signal('failed'))
  }

  const timer = setInterval(() => signal('tick'), TICK_MS)
  const retry = () => signal('retry')
  globalThis.addEventListener('online', retry)
  onConnection(connection)
  connect()
  return {
    retry,
    close: () => {
      clearInterval(timer)
      globalThis.removeEventListener('online', retry)
      disconnect()
    },
  }
}
