'use client'

import { RemoveButton } from '#components/settings/remove-button.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import { Field } from '#components/ui/field.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'
import { NumberInput } from '#components/ui/number-input.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { MemberForm } from '#lib/view/route-form.ts'
import styles from './route-members.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

type Props = {
  member: MemberForm
  index: number
  count: number
  /** Null where there is no such provider (any more). */
  provider: ProviderConfig | null
  /** Whether the strategy goes by the members' order. */
  isOrdered: boolean
  onChange: (member: MemberForm) => void
  onMove: (by: 1 | -1) => void
  onRemove: () => void
}

/** One member: the model's name there, its weight and its place; what is empty takes the provider's own. */
export function RouteMember({
  member,
  index,
  count,
  provider,
  isOrdered,
  onChange,
  onMove,
  onRemove,
}: Props) {
  const { errorAt } = useStrategySurroundings()
  const at = `members.${index}`
  const name = provider?.name ?? member.providerId
  return (
    <li className={styles.member} aria-label={name}>
      <div className={styles.who}>
        <span className={styles.name}>{name}</span>
        <span className={styles.note}>{provider === null ? 'no such provider' : noteOf(provider)}</span>
        <Complaint>{errorAt(`${at}.providerId`)}</Complaint>
      </div>
      <Field label={<span className={styles.label}>Model there</span>} error={errorAt(`${at}.model`)}>
        <TextInput
          id={`${at}.model`}
          value={member.model}
          placeholder="as requested"
          spellCheck={false}
          onChange={({ target }) => onChange({ ...member, model: target.value })}
        />
      </Field>
      <Field label={<span className={styles.label}>Weight</span>} error={errorAt(`${at}.weight`)}>
        <NumberInput
          id={`${at}.weight`}
          value={member.weight}
          placeholder={String(provider?.weight ?? 1)}
          onValueChange={(weight) => onChange({ ...member, weight })}
        />
      </Field>
      <Field label={<span className={styles.label}>Priority</span>} error={errorAt(`${at}.priority`)}>
        <NumberInput
          id={`${at}.priority`}
          value={member.priority}
          placeholder={String(provider?.priority ?? 0)}
          onValueChange={(priority) => onChange({ ...member, priority })}
        />
      </Field>
      <div className={styles.tools}>
        {isOrdered && (
          <>
            <Move
              label={`Move ${name} up`}
              path="M6 10V2M2.5 5.5 6 2l3.5 3.5"
              isOff={index === 0}
              onClick={() => onMove(-1)}
            />
            <Move
              label={`Move ${name} down`}
              path="M6 2v8M2.5 6.5 6 10l3.5-3.5"
              isOff={index === count - 1}
              onClick={() => onMove(1)}
            />
          </>
        )}
        <RemoveButton label={`Remove ${name}`} onClick={onRemove} />
      </div>
    </li>
  )
}

const noteOf = ({ enabled, region }: ProviderConfig): string =>
  [enabled ? null : 'disabled', region].filter((part) => part !== null).join(' · ')

type MoveProps = { label: string; path: string; isOff: boolean; onClick: () => void }

function Move({ label, path, isOff, onClick }: MoveProps) {
  return (
    <IconButton label={label} disabled={isOff} onClick={onClick}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden
      >
        <path d={path} />
      </svg>
    </IconButton>
  )
}
