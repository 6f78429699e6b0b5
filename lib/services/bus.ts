import type { Bus, FleetEvent } from './engine.ts'

/** A bus that calls its listeners in the order they came, synchronously. */
export function createBus(): Bus {
  const listeners = new Set<(event: FleetEvent) => void>()
  return {
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
  }
}
