import { z } from 'zod'

/** The answer to what has nothing to tell but that it is done. */
export const doneSchema = z.object({ done: z.literal(true) })
