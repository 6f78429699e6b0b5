'use client'

import { Complaint } from '#components/ui/complaint.tsx'
import { useReadOnly } from '#components/ui/read-only.tsx'
import styles from './strategy-fields.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

type Props = {
  id: string
  label: string
  chosen: readonly string[]
  error: string | undefined
  onChange: (providerIds: string[]) => void
}

/** Some of the route's members, each switched on or off. */
export function MemberToggles({ id, label, chosen, error, onChange }: Props) {
  const { members } = useStrategySurroundings()
  const isLocked = useReadOnly()
  return (
    <div className={styles.toggles} role="group" aria-label={label} id={id} tabIndex={-1}>
      {members.length === 0 && <span className={styles.note}>Add members first.</span>}
      {members.map((member) => {
        const isOn = chosen.includes(member.id)
        return (
          <button
            key={member.id}
            type="button"
            className={styles.toggle}
            aria-pressed={isOn}
            disabled={isLocked}
            onClick={() =>
              onChange(isOn ? chosen.filter((one) => one !== member.id) : [...chosen, member.id])
            }
          >
            {member.name}
          </button>
        )
      })}
      <Complaint>{error}</Complaint>
    </div>
  )
}
