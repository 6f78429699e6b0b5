import { z } from 'zod'
import { MEMORY_MS } from '#lib/services/access/identity-provider.ts'
import type { Secrets } from '#lib/services/ports.ts'

/** Sealed texts of another kind are never taken for one of these. */
const KIND = 'sign-in'

const memorySchema = z.object({
  kind: z.literal(KIND),
  /** Who was asked: a memory of before a change of the configuration is of no use. */
  issuer: z.string(),
  state: z.string().min(1),
  nonce: z.string().min(1),
  verifier: z.string().min(1),
  next: z.string(),
  expiresAt: z.number(),
})

/** What a sign-in that has begun is recognised by when the browser comes back. */
export type SignInMemory = Omit<z.infer<typeof memorySchema>, 'kind' | 'expiresAt'>

/** The memory as a text that only we can read or make. */
export const sealMemory = (memory: SignInMemory, { seal }: Pick<Secrets, 'seal'>, now: number): string =>
  seal(JSON.stringify({ ...memory, kind: KIND, expiresAt: now + MEMORY_MS }))

/** The memory that was sealed; `mismatch` for a text that we have not made, `expired` for one that is too old. */
export function openMemory(
  sealed: string,
  { open }: Pick<Secrets, 'open'>,
  now: number,
): SignInMemory | 'mismatch' | 'expired' {
  try {
    const { expiresAt, ...memory } = memorySchema.parse(JSON.parse(open(sealed)))
    return expiresAt > now ? memory : 'expired'
  } catch {
    return 'mismatch'
  }
}
