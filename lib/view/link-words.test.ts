import { describe, expect, it } from 'vitest'
import { type Link, linkWords } from './link-words.ts'

const LIVE: Link = { state: 'live', isFirstTry: false, isPaused: false, isFresh: true }

// Killed: live whatever its age; paused after live; connecting after a failure; polling whatever its age.
describe('the page’s link in a word', () => {
  it.each<[string, Partial<Link>, string, string]>([
    ['it tells of now', {}, 'Live', 'live'],
    ['an open stream has been silent for too long', { isFresh: false }, 'No answer', 'waiting'],
    ['an operator has paused it', { isPaused: true, isFresh: false }, 'Paused', 'paused'],
    [
      'it is being had for the first time',
      { state: 'connecting', isFirstTry: true },
      'Connecting',
      'waiting',
    ],
    ['it is being had again', { state: 'connecting' }, 'Polling', 'waiting'],
    ['it is lost and asked for instead', { state: 'waiting' }, 'Polling', 'waiting'],
    ['nothing answers', { state: 'waiting', isFresh: false }, 'Disconnected', 'waiting'],
  ])('where %s', (_why, change, word, tone) => {
    expect(linkWords({ ...LIVE, ...change })).toEqual({ word, tone })
  })
})
