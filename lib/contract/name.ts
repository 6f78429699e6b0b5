import { z } from 'zod'

const nameUpTo = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'write a name')
    .max(most, `at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'no line breaks or other control characters')

/** What people call a provider, a key, a user and the like: one line, which no log, list or message breaks at. */
export const nameSchema = nameUpTo(100)

/** The same, where it stands on a button. */
export const buttonNameSchema = nameUpTo(60)
