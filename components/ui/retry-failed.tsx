'use client'

import { type Query, useIsFetching, useQueryClient } from '@tanstack/react-query'
import { Button } from './button.tsx'

/** One with data from before keeps its error until it has been read again. */
const hasFailed = ({ state }: Query) => state.error !== null

/** Has all that this page shows and could not read asked for again. */
export function RetryFailed() {
  const client = useQueryClient()
  const isTrying = useIsFetching({ type: 'active', predicate: hasFailed }) > 0
  const retry = () => void client.refetchQueries({ type: 'active', predicate: hasFailed })
  return (
    <Button size="small" pending={isTrying} pendingLabel="Trying…" onClick={retry}>
      Try again
    </Button>
  )
}
