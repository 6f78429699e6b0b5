import type { Check } from '#lib/contract/check.ts'
import type { Engine } from './engine.ts'
import { entryOf } from './fleet.ts'
import { presentCheck } from './present/check.ts'

/** Runs one check now, whatever the circuit's state and the schedule say. Throws `not_found`. */
export async function checkNow({ fleet, scheduler }: Engine, providerId: string): Promise<Check> {
  entryOf(fleet, providerId)
  return presentCheck(await scheduler.checkNow(providerId))
}
