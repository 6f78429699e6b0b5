import type { SelfHealth } from '#lib/contract/monitor.ts'

const WORDS: Record<keyof SelfHealth['checks'], string> = {
  database: 'its database is away: operator actions and history are not yet on disk',
  scheduler: 'its scheduler is late: checks are missing',
  eventLoop: 'its event loop is late: measured times are too long',
  egress: 'it has no way out to the network: failures are not the providers’',
}

/** What is wrong with the monitor itself, in words; an empty list when nothing is. */
export const impairments = ({ checks }: SelfHealth): string[] =>
  (Object.keys(WORDS) as (keyof typeof WORDS)[])
    .filter((part) => checks[part] === 'impaired')
    .map((part) => WORDS[part])

/** The monitor's own state in one sentence. */
export function selfHealthWords(self: SelfHealth): string {
  if (self.status === 'ok') return 'The monitor itself is well'
  const [first = 'it does not say why'] = impairments(self)
  return `The monitor itself is impaired: ${first}`
}
