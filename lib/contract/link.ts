import { z } from 'zod'

/** A link that a page may show: `javascript:` and the like are none. */
export const linkSchema = z
  .string()
  .trim()
  .max(2_000, 'at most 2000 characters')
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), 'an http:// or https:// URL')
