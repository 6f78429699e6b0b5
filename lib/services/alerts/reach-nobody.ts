import type { AlertingWorld } from './alerting.ts'

/** The world for a console whose alerts go nowhere: nothing is sent, no window comes again, no address is known. */
export const REACH_NOBODY: Omit<AlertingWorld, 'selfHealth'> = {
  expand: () => [],
  recurrenceProblem: () => null,
  linkTo: () => null,
  door: {
    deliver: () =>
      Promise.resolve({
        outcome: 'delivered',
        status: null,
        answer: '',
        retryAfterMs: null,
        detail: 'Nothing is sent from here.',
      }),
    preview: () => Promise.resolve({ request: null, detail: 'Nothing is sent from here.' }),
  },
}
