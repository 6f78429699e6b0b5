'use client'

import { useCallback } from 'react'
import { useProviderNames } from '#lib/client/use-provider-names.ts'

/** A provider's name by its id; the id itself where the fleet does not know it (any more). */
export function useNameOf(): (providerId: string) => string {
  const names = useProviderNames()
  return useCallback((providerId) => names[providerId] ?? providerId, [names])
}
