import type { Engine } from './engine.ts'
import { presentAction } from './present/event.ts'
import type { ActionRecord } from './records.ts'

/** Names and dates an operator's action and tells the bus of it; committing it is the caller's. */
export function recordAction(
  { newId, clock, bus }: Pick<Engine, 'newId' | 'clock' | 'bus'>,
  action: Omit<ActionRecord, 'id' | 'at' | 'model'>,
): ActionRecord {
  const record: ActionRecord = { ...action, id: newId(), at: clock.now(), model: null }
  bus.emit({ type: 'record', record: presentAction(record, false) })
  return record
}
