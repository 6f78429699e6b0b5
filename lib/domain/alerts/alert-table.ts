export const ALERT_STATES = ['inactive', 'pending', 'firing', 'recovering', 'resolved'] as const
export type AlertState = (typeof ALERT_STATES)[number]

/**
 * What one evaluation says to an alert. `bad_held`: bad, and for as long as the rule asks; `good_held`: good, for as
 * long, and not flapping; `none`: nobody knows; `gone`: nothing is left to be evaluated.
 */
export const ALERT_SIGNALS = ['bad', 'bad_held', 'good', 'good_held', 'none', 'gone'] as const
export type AlertSignal = (typeof ALERT_SIGNALS)[number]

/** Where each signal leads from each state. From `resolved` on, what is bad is a new alert. */
export const ALERT_TABLE: Readonly<Record<AlertState, Readonly<Record<AlertSignal, AlertState>>>> = {
  inactive: {
    bad: 'pending',
    bad_held: 'firing',
    good: 'inactive',
    good_held: 'inactive',
    none: 'inactive',
    gone: 'inactive',
  },
  pending: {
    bad: 'pending',
    bad_held: 'firing',
    good: 'inactive',
    good_held: 'inactive',
    // What nobody can confirm has not held.
    none: 'inactive',
    gone: 'inactive',
  },
  firing: {
    bad: 'firing',
    bad_held: 'firing',
    good: 'recovering',
    good_held: 'resolved',
    // Silence is no recovery.
    none: 'firing',
    gone: 'resolved',
  },
  recovering: {
    bad: 'firing',
    bad_held: 'firing',
    good: 'recovering',
    good_held: 'resolved',
    none: 'recovering',
    gone: 'resolved',
  },
  resolved: {
    bad: 'pending',
    bad_held: 'firing',
    good: 'inactive',
    good_held: 'inactive',
    none: 'inactive',
    gone: 'inactive',
  },
}
