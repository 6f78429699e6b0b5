'use client'

import type { Zone } from '#lib/view/zoned-time.ts'
import { setPreference, usePreference } from './preference.ts'

/** The zone that times are shown in, UTC until the operator chooses their own, and how to change it. */
export function useZone(): { zone: Zone; toggleZone: () => void } {
  const choice = usePreference('zone', ['utc', 'local'])
  return {
    zone: choice === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone,
    toggleZone: () => setPreference('zone', choice === 'utc' ? 'local' : 'utc'),
  }
}
