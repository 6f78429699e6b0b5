import type { HistoryReader } from '#lib/services/ports.ts'

export type Questions = Omit<HistoryReader, 'close'>

/** What the reading thread can be asked: a question of the port with its arguments, or the restored state. */
export type ReaderRequest = {
  [Ask in keyof Questions]: { ask: Ask; args: Parameters<Questions[Ask]> }
}[keyof Questions]
export type RestoreRequest = { ask: 'restored'; args: [] }
