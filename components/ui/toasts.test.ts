import { describe, expect, it } from 'vitest'
import { createToasts, type ToastText } from './toasts.ts'

function stage() {
  const shown: string[] = []
  const toasts = createToasts()
  return { toasts, shown, show: ({ title }: ToastText) => void shown.push(title) }
}

describe('toasts', () => {
  it('shows those that came before anybody showed any, once and in order', () => {
    const { toasts, shown, show } = stage()
    toasts.add({ title: 'one' })
    toasts.add({ title: 'two' })
    toasts.showWith(show)()
    toasts.showWith(show)
    expect(shown).toEqual(['one', 'two'])
  })

  it('shows one at once where somebody does', () => {
    const { toasts, shown, show } = stage()
    toasts.showWith(show)
    toasts.add({ title: 'one' })
    expect(shown).toEqual(['one'])
  })

  it('keeps one for the next who shows them when the last has left', () => {
    const { toasts, shown, show } = stage()
    toasts.showWith(() => undefined)()
    toasts.add({ title: 'one' })
    expect(shown).toEqual([])
    toasts.showWith(show)
    expect(shown).toEqual(['one'])
  })

  it('says that one waits, and only then', () => {
    const { toasts, show } = stage()
    let calls = 0
    const stop = toasts.onWaiting(() => (calls += 1))
    toasts.add({ title: 'waits' })
    expect(calls).toBe(1)
    const leave = toasts.showWith(show)
    toasts.add({ title: 'is shown' })
    leave()
    stop()
    toasts.add({ title: 'waits unheard' })
    expect(calls).toBe(1)
  })
})
