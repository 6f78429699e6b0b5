import { useEffect, useRef, type RefObject } from 'react'

const TOKEN = '--banners-height'

/** Keeps the token that says how much of the window's end the banners take; returns the ref of what holds them. */
export function useBannersHeight(): RefObject<HTMLDivElement | null> {
  const stack = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (stack.current === null) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(([entry]) => {
      style.setProperty(TOKEN, `${entry?.contentRect.height ?? 0}px`)
    })
    observer.observe(stack.current)
    return () => {
      observer.disconnect()
      style.removeProperty(TOKEN)
    }
  }, [])
  return stack
}
