/** What a toast says. */
export type ToastText = { title: string; description?: string | null }

/** Toasts on their way to whoever shows them; those that come before anybody does wait. */
export function createToasts() {
  const waiting: ToastText[] = []
  const listeners = new Set<() => void>()
  let show: ((toast: ToastText) => void) | null = null
  return {
    /** Has a toast shown: at once, or as soon as there is somebody who shows it. */
    add: (toast: ToastText): void => {
      if (show !== null) return show(toast)
      waiting.push(toast)
      for (const listener of listeners) listener()
    },
    /** Calls `onWaiting` whenever a toast finds nobody who shows it; returns how to stop that. */
    onWaiting: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Shows what waits and what comes; returns how to stop that. */
    showWith: (next: (toast: ToastText) => void): (() => void) => {
      show = next
      for (const toast of waiting.splice(0)) next(toast)
      return () => {
        show = null
      }
    },
  }
}

/** The browser's one list of toasts: what an action's answer says after its dialog has closed. */
export const toasts = createToasts()
