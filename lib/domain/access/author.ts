import { NAMELESS_OPERATOR, type Principal } from './principal.ts'

/** Who makes a change, from where and by which request: what the change is remembered by. */
export type Author = {
  /** The name that pages show: "forced open by ops-1". */
  actor: string
  /** What the name cannot be mistaken for: `user:ID`, `api-key:ID`, `anyone` where nobody signs in, or `nobody`. */
  actorId: string
  /** The client's address; null where no request stands behind it. */
  address: string | null
  requestId: string | null
}

/** The author that a principal's request makes; null is somebody who has not signed in. */
export function authorOf(
  principal: Principal | null,
  { address, requestId }: Pick<Author, 'address' | 'requestId'>,
): Author {
  // Named one by one: `from` may be the author of somebody else, of whom only the place is taken.
  const from = { address, requestId }
  if (principal === null) return { actor: 'nobody', actorId: 'nobody', ...from }
  if (principal.kind === 'command-line') return { actor: 'command line', actorId: 'command-line', ...from }
  if (principal.kind === 'anyone') return { actor: NAMELESS_OPERATOR, actorId: 'anyone', ...from }
  return { actor: principal.name, actorId: `${principal.kind}:${principal.id}`, ...from }
}

/** An author behind whom no request stands, such as a command of the command line. */
export const authorNamed = (actor: string): Author => ({
  actor,
  actorId: `local:${actor}`,
  address: null,
  requestId: null,
})
