import CircuitBreaker from 'opossum'
import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel'
import { policiesOf } from '#lib/contract/policies.ts'
import { DEFAULT_SETTINGS } from '#lib/contract/settings.ts'
import { newCircuit, step } from '#lib/domain/breaker.ts'
import type { Permit } from '#lib/domain/circuit.ts'
import { medianNs } from './median-ns.ts'
import { measureOf, type Measure } from './report.ts'

const measure = measureOf('core')

const CALLS = 1_000_000
const AWAITED = 300_000

const T0 = 1_700_000_000_000
const policy = policiesOf(DEFAULT_SETTINGS).breaker

/** One closed circuit, to be asked and told as the gateway and the checks do it: the time is an argument. */
function makeCircuit() {
  let circuit = newCircuit('bench', 0)
  return {
    admit: (at: number): Permit => {
      const admitted = step(circuit, { type: 'admit', at, for: 'traffic', completion: true }, policy)
      circuit = admitted.circuit
      if (admitted.permit === null) throw new Error('the circuit opened')
      return admitted.permit
    },
    record: (at: number, permit: Permit) => {
      const settled = {
        type: 'settle',
        at,
        permit,
        verdict: 'success',
        slow: false,
        error: null,
        cooling: null,
      } as const
      circuit = step(circuit, settled, policy).circuit
    },
  }
}

const empty = async () => {}

/** Admit and record on a closed circuit, bare and around an awaited empty function, beside the two common libraries. */
export default async function core(): Promise<Measure[]> {
  const plain = makeCircuit()
  const bare = await medianNs(CALLS, () => {
    for (let i = 0; i < CALLS; i += 1) plain.record(T0 + i, plain.admit(T0 + i))
  })
  const ours = makeCircuit()
  const oursNs = await medianNs(AWAITED, async () => {
    for (let i = 0; i < AWAITED; i += 1) {
      const permit = ours.admit(T0 + i)
      await empty()
      ours.record(T0 + i, permit)
    }
  })
  const timed = makeCircuit()
  const timedNs = await medianNs(AWAITED, async () => {
    for (let i = 0; i < AWAITED; i += 1) {
      const permit = timed.admit(performance.now())
      await empty()
      timed.record(performance.now(), permit)
    }
  })
  const awaited = async (call: () => Promise<unknown>) =>
    medianNs(AWAITED, async () => {
      for (let i = 0; i < AWAITED; i += 1) await call()
    })
  const cockatiel = circuitBreaker(handleAll, { halfOpenAfter: 60_000, breaker: new ConsecutiveBreaker(5) })
  const opossum = new CircuitBreaker(empty, { timeout: false })
  const cockatielNs = await awaited(() => cockatiel.execute(empty))
  const opossumNs = await awaited(() => opossum.fire())
  const bareNs = await awaited(empty)
  opossum.shutdown()
  return [
    measure('admit + record, closed, clock passed in', [bare, 'ns'], { at: 'most', value: 150 }),
    measure('around an awaited empty function, clock passed in', [oursNs, 'ns'], {
      at: 'most',
      value: Math.min(cockatielNs, opossumNs),
    }),
    measure('the same with two clock reads', [timedNs, 'ns']),
    measure('cockatiel execute, same function', [cockatielNs, 'ns']),
    measure('opossum fire, same function', [opossumNs, 'ns']),
    measure('a bare await of it', [bareNs, 'ns']),
  ]
}
