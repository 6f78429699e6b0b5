'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { openOverlay } from './overlay-store.ts'
import { PLACES } from './pages.ts'

const SEQUENCE_MS = 1_000

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"]') !== null)

const isCovered = () => document.querySelector('dialog[open], [role="dialog"], [role="alertdialog"]') !== null

/** Moves the focus to the next or previous row that is marked `data-row-link`. */
function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')]
  const current = rows.findIndex((row) => row === document.activeElement)
  const next = current === -1 ? (by === 1 ? 0 : rows.length - 1) : current + by
  rows[next]?.focus()
}

function focusSearch(): void {
  document.querySelector<HTMLInputElement>('[data-search]')?.select()
  document.querySelector<HTMLInputElement>('[data-search]')?.focus()
}

const SINGLE_KEYS: Partial<Record<string, () => void>> = {
  '/': focusSearch,
  j: () => moveRow(1),
  k: () => moveRow(-1),
  '?': () => openOverlay('help'),
}

const isPaletteKey = ({ ctrlKey, metaKey, key }: KeyboardEvent) =>
  (ctrlKey || metaKey) && key.toLowerCase() === 'k'
const hasModifier = ({ ctrlKey, metaKey, altKey }: KeyboardEvent) => ctrlKey || metaKey || altKey

/** The console's single keys: they go places, and never change anything. */
export function useShortcuts(): void {
  const router = useRouter()
  useEffect(() => {
    let goAt = Number.NEGATIVE_INFINITY
    const actionOf = (press: KeyboardEvent): (() => void) | undefined => {
      if (isPaletteKey(press)) return () => openOverlay('palette')
      if (hasModifier(press) || isTyping(press.target) || isCovered()) return undefined
      const isSecond = press.timeStamp - goAt < SEQUENCE_MS
      goAt = press.key === 'g' ? press.timeStamp : Number.NEGATIVE_INFINITY
      const place = isSecond ? PLACES.find(({ key }) => key === press.key) : undefined
      return place ? () => router.push(place.href) : SINGLE_KEYS[press.key]
    }
    const onKey = (press: KeyboardEvent) => {
      const action = actionOf(press)
      if (!action) return
      press.preventDefault()
      action()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [router])
}
