/** How the page's link to the server stands: the stream, whether an operator has paused it, and whether its picture is of now. */
export type Link = {
  state: 'connecting' | 'live' | 'waiting'
  /** The stream has not failed yet. */
  isFirstTry: boolean
  isPaused: boolean
  isFresh: boolean
}

/** The link in a word, and how its sign looks. A stream that is open but silent is not said to be live. */
export function linkWords({ state, isFirstTry, isPaused, isFresh }: Link): {
  word: string
  tone: 'live' | 'paused' | 'waiting'
} {
  if (isPaused) return { word: 'Paused', tone: 'paused' }
  if (state === 'live')
    return isFresh ? { word: 'Live', tone: 'live' } : { word: 'No answer', tone: 'waiting' }
  if (state === 'connecting' && isFirstTry) return { word: 'Connecting', tone: 'waiting' }
  return { word: isFresh ? 'Polling' : 'Disconnected', tone: 'waiting' }
}
