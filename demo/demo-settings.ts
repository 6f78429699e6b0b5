import type { Settings } from '#lib/contract/settings.ts'

/** The product's thresholds with a quicker pulse, so that minutes of operation fit into the first two. */
export function demoSettings(settings: Settings): Settings {
  return {
    ...settings,
    monitor: { ...settings.monitor, interval: '2s', timeout: '2s' },
    health: { ...settings.health, degradedLatency: '2s' },
    breaker: { ...settings.breaker, recoveryTimeout: '10s', openGrowth: 1.5, maxOpen: '30s', rampUp: '20s' },
    routing: { ...settings.routing, firstTokenTimeout: '4s', stallTimeout: '4s' },
  }
}
