'use client'

import { useQuery } from '@tanstack/react-query'
import type { Monitor } from '#lib/contract/monitor.ts'
import { queries } from './queries.ts'

const namesOf = ({ providers }: Monitor): Readonly<Record<string, string>> =>
  Object.fromEntries(providers.map(({ id, name }) => [id, name]))

const NONE: Readonly<Record<string, string>> = {}

/** Providers' names by id; the same object until a name changes. */
export function useProviderNames(): Readonly<Record<string, string>> {
  const { data = NONE } = useQuery({ ...queries.monitor(), select: namesOf })
  return data
}
