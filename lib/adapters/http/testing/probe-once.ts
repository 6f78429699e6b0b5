import { onTestFinished } from 'vitest'
import { plainProvider } from '#lib/domain/plain-provider.fixture.ts'
import type { Provider } from '#lib/domain/provider.ts'
import { INSIDE_TOO } from '#lib/domain/target-policy.ts'
import { createProber, type ProberOptions } from '../prober.ts'

/** The real clock, as the fleet's: epoch ms that never step. */
export const clock = { now: () => performance.timeOrigin + performance.now() }

/** A provider with a sealed test key and a model-list probe, save for what is given. */
export function provider({
  probe,
  ...over
}: Partial<Omit<Provider, 'probe'>> & { probe?: Partial<Provider['probe']> }): Provider {
  const plain = plainProvider('acme', {
    name: 'Acme',
    kind: 'openai',
    baseUrl: 'http://127.0.0.1:1/v1',
    key: { type: 'sealed', sealed: 'sealed:test-key-0123456789', last4: '6789' },
    ...over,
  })
  return { ...plain, probe: { ...plain.probe, ...probe } }
}

/** A prober that ends with the test. Its "sealed" keys are plain text behind `sealed:`. */
export function prober(over: Partial<ProberOptions> = {}) {
  const made = createProber({
    clock,
    secrets: {
      open: (sealed) => {
        if (!sealed.startsWith('sealed:')) throw new Error('another key')
        return sealed.slice('sealed:'.length)
      },
    },
    resolveReference: () => null,
    targets: INSIDE_TOO,
    ...over,
  })
  onTestFinished(() => made.close())
  return made
}

/** Probes once, with a time-out that no test should reach unless it says so. */
export const probeOnce = (
  of: Provider,
  {
    timeoutMs = 10_000,
    signal = new AbortController().signal,
    ...over
  }: Partial<ProberOptions> & { timeoutMs?: number; signal?: AbortSignal } = {},
) => prober(over).probe(of, { timeoutMs, signal })
