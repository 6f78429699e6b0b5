'use client'

import { useIsFetching, useQueryClient } from '@tanstack/react-query'
import { FAILED } from '#lib/client/failed-queries.ts'
import { Button } from './button.tsx'

/** Has all that this page shows and could not read asked for again. */
export function RetryFailed() {
  const client = useQueryClient()
  const isTrying = useIsFetching(FAILED) > 0
  const retry = () => void client.refetchQueries(FAILED)
  return (
    <Button size="small" pending={isTrying} pendingLabel="Trying…" onClick={retry}>
      Try again
    </Button>
  )
}
