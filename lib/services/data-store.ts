import type { Backup, StoredPartName } from '#lib/contract/data.ts'

/** What the database holds of one part; times in epoch ms. */
export type StoredPartFacts = {
  part: StoredPartName
  rows: number
  from: number | null
  to: number | null
  bytes: number
}

/** Bytes: of the file, of what is written and not yet in it, and of the room in it that is free. */
export type StoredSizes = { file: number; log: number; free: number }

/** The database as a whole. */
export type DataFacts = {
  file: string
  bytes: StoredSizes
  diskFreeBytes: number | null
  parts: readonly StoredPartFacts[]
  lastBackup: Backup | null
  backupFolder: string
}

/** The database as a thing of its own. Rejects with `unavailable`, in words, when it is away. */
export type DataStore = {
  /** What it holds and how large it is. */
  facts: () => Promise<DataFacts>
  /** Copies it, as it is at this moment, into a new file named after `at`. `conflict` while another backup is made. */
  backUp: (at: number) => Promise<Backup>
}
