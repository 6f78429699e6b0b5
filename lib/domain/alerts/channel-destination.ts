import type { ChannelKind } from './channel.ts'

type Destination = {
  /** The settings that say where it goes. */
  settings: readonly string[]
  /** The secret that is the address itself. */
  address: string | null
  /** The secrets that the receiver is told; one that only signs is never sent. */
  told: readonly string[]
}

const DESTINATIONS: { readonly [K in ChannelKind]: Destination } = {
  webhook: { settings: [], address: 'url', told: ['authorization'] },
  slack: { settings: [], address: 'url', told: [] },
  pagerduty: { settings: ['baseUrl'], address: null, told: ['routingKey'] },
  alertmanager: { settings: ['baseUrl'], address: null, told: ['credential'] },
  email: { settings: ['host', 'port'], address: null, told: ['password'] },
}

type Settings = Readonly<Record<string, unknown>>

/** A change of a channel: its settings on both sides, which secrets it keeps one of, and which are given with the change. */
export type DestinationChange = {
  kind: ChannelKind
  before: Settings
  after: Settings
  kept: readonly string[]
  given: readonly string[]
}

/** The kept secrets that would be told to another receiver than the one they were given for: they are to be given again. */
export function secretsToGiveAgain({ kind, before, after, kept, given }: DestinationChange): string[] {
  const { settings, address, told } = DESTINATIONS[kind]
  const isElsewhere =
    settings.some((name) => before[name] !== after[name]) || (address !== null && given.includes(address))
  return isElsewhere ? told.filter((name) => kept.includes(name) && !given.includes(name)) : []
}
