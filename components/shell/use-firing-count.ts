'use client'

import { loudCount } from '#lib/view/incident-view.ts'
import { useOpenIncidents } from './use-open-incidents.ts'

/** How many incidents fire that nobody has silenced; 0 while that is not known. */
export const useFiringCount = (): number => loudCount(useOpenIncidents() ?? [])
