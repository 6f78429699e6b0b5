import { z } from 'zod'

/** What people call a provider, a key, a user and the like: one line, which no log, list or message breaks at. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'write a name')
  .max(100, 'at most 100 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'no line breaks or other control characters')
