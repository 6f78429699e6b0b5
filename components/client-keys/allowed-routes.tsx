'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import styles from '#components/route-editor/strategy-fields.module.css'

type Props = {
  routes: readonly string[]
  /** Null: every route. */
  allowed: readonly string[] | null
  error: string | undefined
  onChange: (allowed: string[] | null) => void
}

/** Which routes a key may use: every one, those to come too, or some. */
export function AllowedRoutes({ routes, allowed, error, onChange }: Props) {
  return (
    <>
      <ChoiceGroup
        label="Routes"
        value={allowed === null ? 'all' : 'some'}
        onValueChange={(choice) => onChange(choice === 'all' ? null : [])}
        choices={[
          { value: 'all', label: 'Every route' },
          { value: 'some', label: 'Only some', disabled: routes.length === 0 },
        ]}
      />
      {allowed !== null && (
        <div className={styles.toggles} role="group" aria-label="Allowed routes">
          {routes.map((route) => {
            const isOn = allowed.includes(route)
            return (
              <button
                key={route}
                type="button"
                className={styles.toggle}
                aria-pressed={isOn}
                onClick={() => onChange(isOn ? allowed.filter((one) => one !== route) : [...allowed, route])}
              >
                {route}
              </button>
            )
          })}
        </div>
      )}
      {allowed !== null && <Complaint>{error}</Complaint>}
    </>
  )
}
