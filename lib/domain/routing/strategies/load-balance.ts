import type { Ballot, Choice } from '../ballot.ts'
import type { BalanceAlgorithm } from '../route.ts'
import { chooseLeastBusy } from './least-busy.ts'
import { chooseLowestLatency } from './lowest-latency.ts'
import { chooseRoundRobin } from './round-robin.ts'
import { chooseWeighted } from './weighted.ts'

const ALGORITHMS: Readonly<Record<BalanceAlgorithm, (ballot: Ballot) => Choice>> = {
  weighted: chooseWeighted,
  'round-robin': chooseRoundRobin,
  'least-busy': chooseLeastBusy,
  latency: chooseLowestLatency,
}

/** Spreads requests over the eligible members by the algorithm that the strategy names. */
export const chooseByLoad = (algorithm: BalanceAlgorithm, ballot: Ballot): Choice =>
  ALGORITHMS[algorithm](ballot)
