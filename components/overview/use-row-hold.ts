'use client'

import { useState, type FocusEvent, type PointerEvent } from 'react'
import type { ProviderRow } from '#lib/contract/monitor.ts'
import { freezeOrder, inFrozenOrder, newProblems, type FrozenOrder } from '#lib/view/frozen-order.ts'

/**
 * Holds the order of the rows while pointer or focus is among them, so that nobody hits a row that has just moved.
 * `handlers` go on the element around the rows; `release` takes the present order.
 */
export function useRowHold(ordered: readonly ProviderRow[]) {
  const [frozen, setFrozen] = useState<FrozenOrder | null>(null)
  const hold = () => setFrozen((before) => before ?? freezeOrder(ordered))
  const handlers = {
    onPointerEnter: ({ pointerType }: PointerEvent) => {
      // A finger leaves no hover behind: its pointer would hold the order for ever.
      if (pointerType === 'mouse') hold()
    },
    onPointerLeave: ({ currentTarget }: PointerEvent) => {
      if (!currentTarget.contains(document.activeElement)) setFrozen(null)
    },
    onFocus: hold,
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
      if (!currentTarget.contains(relatedTarget) && !currentTarget.matches(':hover')) setFrozen(null)
    },
  }
  return {
    rows: inFrozenOrder(ordered, frozen),
    problems: newProblems(ordered, frozen),
    handlers,
    release: () => setFrozen(freezeOrder(ordered)),
  }
}
