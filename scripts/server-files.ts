import { join } from 'node:path'

/** Where the bundle of the production console is, from the project's root. Its depth is what `start.ts` finds the root by. */
export const SERVER_FOLDER = join('.cache', 'server')

/** What Node runs as the production console, from the project's root. */
export const START_FILE = join(SERVER_FOLDER, 'start.js')
