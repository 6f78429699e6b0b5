import { hashToUnit } from '../open-time.ts'

/** Something that keys are shared out to, by weight. */
export type Slot = { name: string; weight: number }

/**
 * The slot (its place) of a key by weighted rendezvous hashing (Mosko & Schinke, "Logarithmic method"): each slot
 * gets its weight's part of all keys; when a slot goes, its own keys alone move, spread over the rest, and they come
 * back with it. Slots of weight 0 get nothing while another has any.
 */
export function slotOfKey(slots: readonly Slot[], salt: string, key: string): number {
  const isWeightless = !slots.some(({ weight }) => weight > 0)
  let winner = 0
  let most = -1
  for (let place = 0; place < slots.length; place += 1) {
    const slot = slots[place]
    const weight = isWeightless ? 1 : (slot?.weight ?? 0)
    if (slot === undefined || weight <= 0) continue
    const score = -weight / Math.log(hashToUnit(`${salt}\n${slot.name}\n${key}`))
    if (score > most) {
      most = score
      winner = place
    }
  }
  return winner
}
