'use client'

import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { draggedWindow } from '#lib/view/time-window.ts'
import styles from './time-stack.module.css'

type Range = { from: number; to: number; resolutionMs: number }

type Props = {
  /** The time that the plots' full width stands for; null while it is not known. */
  range: Range | null
  onZoom: (window: { from: number; to: number }) => void
  /** How to get out of a zoom; null when there is none. */
  onZoomOut: (() => void) | null
  children: ReactNode
}

const DRAG_PX = 4

/** Plots stacked on one time axis: a crosshair through all lanes, and a drag over any of them zooms all. */
export function TimeStack({ range, onZoom, onZoomOut, children }: Props) {
  const stack = useRef<HTMLDivElement>(null)
  const pressedAt = useRef<{ clientX: number; share: number } | null>(null)
  const [drag, setDrag] = useState<{ from: number; to: number } | null>(null)
  useEscape(onZoomOut)

  const onPointerDown = (event: PointerEvent) => {
    // A finger scrolls the page; only a mouse has a drag to spare.
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    const plot = plotUnder(event)
    if (plot) pressedAt.current = { clientX: event.clientX, share: shareOf(event, plot) }
  }
  const onPointerMove = (event: PointerEvent) => {
    const plot = plotUnder(event) ?? stack.current?.querySelector<HTMLElement>('[data-plot]')
    if (!plot || !stack.current) return
    showCrosshair(stack.current, { event, plot, range })
    const pressed = pressedAt.current
    if (!pressed) return
    if (drag === null && Math.abs(event.clientX - pressed.clientX) < DRAG_PX) return
    stack.current.setPointerCapture(event.pointerId)
    setDrag({ from: pressed.share, to: shareOf(event, plot) })
  }
  const onPointerUp = () => {
    const window = drag && range ? draggedWindow(range, drag.from, drag.to) : null
    pressedAt.current = null
    setDrag(null)
    if (window) onZoom(window)
  }
  const onPointerLeave = () => {
    if (stack.current) delete stack.current.dataset['hover']
  }

  return (
    <div
      ref={stack}
      className={styles.stack}
      data-dragging={drag !== null || undefined}
      // A press begins a drag: it must not put the keyboard's focus, or a selection of text, into a chart.
      onMouseDown={(event) => {
        if (plotUnder(event)) event.preventDefault()
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onPointerLeave={onPointerLeave}
    >
      {children}
      {drag && (
        <span className={styles.frame} aria-hidden="true">
          <i
            className={styles.selection}
            style={{
              left: `${Math.min(drag.from, drag.to) * 100}%`,
              width: `${Math.abs(drag.to - drag.from) * 100}%`,
            }}
          />
        </span>
      )}
    </div>
  )
}

const plotUnder = ({ target }: { target: EventTarget }): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-plot]') : null

function shareOf({ clientX }: { clientX: number }, plot: HTMLElement): number {
  const { left, width } = plot.getBoundingClientRect()
  return Math.min(1, Math.max(0, (clientX - left) / Math.max(1, width)))
}

// Written straight to the element: a crosshair that waits for React lags behind the pointer.
function showCrosshair(
  stack: HTMLElement,
  { event, plot, range }: { event: PointerEvent; plot: HTMLElement; range: Range | null },
): void {
  const over = plotUnder(event)?.dataset['plot']
  if (over === undefined || range === null) {
    delete stack.dataset['hover']
    return
  }
  const bucket = range.resolutionMs / (range.to - range.from)
  const middle = (Math.floor(shareOf(event, plot) / bucket) + 0.5) * bucket
  stack.dataset['hover'] = over
  stack.style.setProperty('--cursor', `${Math.min(1, middle) * 100}%`)
}

/** Escape leaves the zoom, unless it is meant for something that lies over the page. */
function useEscape(onEscape: (() => void) | null): void {
  useEffect(() => {
    if (onEscape === null) return
    const onKey = (press: KeyboardEvent) => {
      const isTaken =
        press.defaultPrevented || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
      if (press.key === 'Escape' && !isTaken) onEscape()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onEscape])
}
