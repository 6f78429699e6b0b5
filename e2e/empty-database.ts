/** Playwright hands its environment on from the set-up of a run to the processes of its tests. */
const NAME = 'E2E_EMPTY_DATABASE'

/** The empty database that a new console gets a copy of; null outside a run of Playwright, where it makes its own. */
export const emptyDatabase = (): string | null => process.env[NAME] ?? null

/** Makes the file at `path` the one that new consoles of this run get a copy of. */
export const offerEmptyDatabase = (path: string): void => {
  process.env[NAME] = path
}
