import { newCircuit } from '../breaker.ts'
import type { Circuit } from '../circuit.ts'
import type { LevelPermits } from '../two-level-calls.ts'
import type { Window } from '../window.ts'

/** A call that was under way: how many places before the state it had asked, and under which permits it was made. */
export type OpenCall = { distance: number; permits: LevelPermits }

/** A provider's circuits at one moment, with their windows, and the calls under way. */
export type ProviderState = {
  /** When the provider was made known: from then on its models' circuits count as closed. */
  bornAt: number
  /** The version of the settings in force. */
  version: number
  circuits: readonly { model: string | null; circuit: Circuit; lastTrafficAt: number }[]
  openCalls: readonly OpenCall[]
}

type PackedWindow = (number | [number, number, number, number])[]
type PackedCircuit = Partial<Omit<Circuit, 'key' | 'window' | 'lastErrors'>> & { window?: PackedWindow }
type Packed = {
  b: number
  v: number
  c: { m?: string; t?: number; k: string; f: PackedCircuit }[]
  o?: OpenCall[]
}

/** The state as a short text: only what differs from a new circuit, without errors in words. */
export function writeState({ bornAt, version, circuits, openCalls }: ProviderState): string {
  const packed: Packed = {
    b: bornAt,
    v: version,
    c: circuits.map(({ model, circuit, lastTrafficAt }) => ({
      ...(model === null ? {} : { m: model }),
      ...(lastTrafficAt === 0 ? {} : { t: lastTrafficAt }),
      k: circuit.key,
      f: differing(circuit),
    })),
    ...(openCalls.length === 0 ? {} : { o: [...openCalls] }),
  }
  return JSON.stringify(packed)
}

function differing({ window, ...circuit }: Circuit): PackedCircuit {
  const fresh = new Map(Object.entries(newCircuit(circuit.key, 0)))
  const fields = Object.entries(circuit).filter(
    ([name, value]) => name !== 'lastErrors' && JSON.stringify(value) !== JSON.stringify(fresh.get(name)),
  )
  const packed: PackedCircuit = Object.fromEntries(fields)
  return window.start === 0 ? packed : { ...packed, window: packWindow(window) }
}

const packWindow = ({ start, calls, failures, slow, older }: Window): PackedWindow => [
  start,
  calls,
  failures,
  slow,
  ...older.map((one): [number, number, number, number] => [one.start, one.calls, one.failures, one.slow]),
]

function windowOf([start, calls, failures, slow, ...rest]: PackedWindow): Window {
  const older = rest
    .filter((one) => Array.isArray(one))
    .map(([at, ofCalls, ofFailures, ofSlow]) => ({
      start: at,
      calls: ofCalls,
      failures: ofFailures,
      slow: ofSlow,
    }))
  const sum = (field: 'calls' | 'failures' | 'slow') => older.reduce((total, one) => total + one[field], 0)
  return {
    start: Number(start),
    calls: Number(calls),
    failures: Number(failures),
    slow: Number(slow),
    older,
    olderCalls: sum('calls'),
    olderFailures: sum('failures'),
    olderSlow: sum('slow'),
  }
}

/** The state that `writeState` wrote. Throws for a text that is none. */
export function readState(text: string): ProviderState {
  // Only what `writeState` wrote gets here: blocks are packed and unpacked as a whole.
  const { b, v, c, o = [] } = JSON.parse(text) as Packed
  return {
    bornAt: b,
    version: v,
    circuits: c.map(({ m = null, t = 0, k, f: { window, ...fields } }) => ({
      model: m,
      lastTrafficAt: t,
      circuit: {
        ...newCircuit(k, 0),
        ...fields,
        ...(window === undefined ? {} : { window: windowOf(window) }),
      },
    })),
    openCalls: o,
  }
}
