'use client'

import { useParams } from 'next/navigation'

/** The provider's id as the address has it, for a page that knows nothing else of it. */
export function AskedProvider() {
  const { id } = useParams<{ id: string }>()
  return <q>{decoded(id)}</q>
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
