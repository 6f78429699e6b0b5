import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

/** A browser's speaker, as far as the page sees it: it is mute until it is let. */
class Speaker extends EventTarget {
  static isLet = false
  static made: Speaker[] = []
  state = 'suspended'
  constructor() {
    super()
    Speaker.made.push(this)
  }
  resume() {
    if (Speaker.isLet && this.state !== 'running') this.become('running')
    return Promise.resolve()
  }
  become(state: string) {
    this.state = state
    this.dispatchEvent(new Event('statechange'))
  }
}

let page: EventTarget

beforeEach(() => {
  vi.resetModules()
  vi.useFakeTimers()
  page = new EventTarget()
  Speaker.isLet = false
  Speaker.made = []
  vi.stubGlobal('window', page)
  vi.stubGlobal('AudioContext', Speaker)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Watches from a page that has just been opened; `seen` is what was told. */
async function open() {
  const { isSoundHeld, watchSound } = await import('./alarm-sound.ts')
  const seen: boolean[] = []
  const stop = watchSound(() => seen.push(isSoundHeld()))
  return { seen, stop, isSoundHeld }
}

describe('whether the page may be heard', () => {
  it('is not, until somebody presses something', async () => {
    const { seen, isSoundHeld } = await open()
    expect(isSoundHeld()).toBe(false)
    vi.advanceTimersByTime(500)
    expect(seen).toEqual([true])
    page.dispatchEvent(new Event('pointermove'))
    expect(seen).toEqual([true])
    Speaker.isLet = true
    page.dispatchEvent(new Event('keydown'))
    expect(seen).toEqual([true, false])
    expect(isSoundHeld()).toBe(false)
  })

  it('is, without a word in between, where the browser lets it', async () => {
    Speaker.isLet = true
    const { seen } = await open()
    vi.advanceTimersByTime(500)
    expect(seen).toEqual([false])
  })

  it('is not when the browser takes the sound away later', async () => {
    Speaker.isLet = true
    const { isSoundHeld } = await open()
    vi.advanceTimersByTime(500)
    Speaker.made[0]?.become('interrupted')
    expect(isSoundHeld()).toBe(true)
  })

  it('is asked no more once nobody wants sound', async () => {
    const { seen, stop, isSoundHeld } = await open()
    vi.advanceTimersByTime(500)
    stop()
    expect(isSoundHeld()).toBe(false)
    Speaker.isLet = true
    page.dispatchEvent(new Event('click'))
    Speaker.made[0]?.become('running')
    expect(seen).toEqual([true])
  })

  it('is no question in a browser without sound', async () => {
    vi.stubGlobal('AudioContext', undefined)
    const { seen } = await open()
    vi.advanceTimersByTime(500)
    expect(seen).toEqual([])
  })
})
