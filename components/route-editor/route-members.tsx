'use client'

import { useFormContext, useWatch } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import sectionStyles from '#components/settings/form-section.module.css'
import { Notice } from '#components/ui/notice.tsx'
import { Select } from '#components/ui/select.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { plural } from '#lib/view/format.ts'
import {
  modelsOf,
  moveMember,
  withMember,
  withoutMember,
  type MemberForm,
  type RouteForm,
} from '#lib/view/route-form.ts'
import { strategyTypesIn } from '#lib/view/strategy-form.ts'
import { RouteMember } from './route-member.tsx'
import styles from './route-members.module.css'
import { useStrategySurroundings } from './strategy-context.ts'

const NOBODY = ''

type Props = {
  /** All there are; null as long as they are not known. */
  providers: readonly ProviderConfig[] | null
}

/** Who may serve the route's requests, under which name, with which weight or place. */
export function RouteMembers({ providers }: Props) {
  const { control, getValues, setValue } = useFormContext<RouteForm>()
  const members = useWatch({ control, name: 'members' })
  const strategy = useWatch({ control, name: 'strategy' })
  const models = useWatch({ control, name: 'models' })
  const isNameless = modelsOf(models).length === 0 && members.some(({ model }) => model.trim() === '')
  const { errorAt } = useStrategySurroundings()
  const isOrdered = ['failover', 'cost', 'geographic'].some((type) =>
    strategyTypesIn(strategy).has(type as RouteForm['strategy']['type']),
  )
  const complaint = members.length === 0 ? errorAt('members') : undefined

  const change = (form: RouteForm) => {
    // The strategy may have named a member that is gone.
    for (const name of ['members', 'strategy'] as const)
      setValue(name, form[name], { shouldDirty: true, shouldValidate: complaint !== undefined })
  }
  const setMembers = (next: MemberForm[]) => change({ ...getValues(), members: next })

  return (
    <FormSection title="Members" meta={members.length === 0 ? 'none yet' : plural(members.length, 'member')}>
      {complaint !== undefined && <Notice tone="bad" title={complaint} />}
      <ul className={styles.list} id="members" tabIndex={-1}>
        {members.map((member, index) => (
          <RouteMember
            key={member.providerId}
            index={index}
            count={members.length}
            member={member}
            provider={providers?.find(({ id }) => id === member.providerId) ?? null}
            isOrdered={isOrdered}
            onChange={(next) => setMembers(members.with(index, next))}
            onMove={(by) => setMembers(moveMember(members, index, by))}
            onRemove={() => change(withoutMember(getValues(), member.providerId))}
          />
        ))}
      </ul>
      {members.length > 0 && isNameless && (
        <Notice tone="info" title="Requests name only the route here, and no model">
          <p>Without models above, each member needs the model there.</p>
        </Notice>
      )}
      {providers !== null && (
        <AddMember
          providers={providers}
          taken={members.map(({ providerId }) => providerId)}
          onAdd={(id) => change(withMember(getValues(), id))}
        />
      )}
    </FormSection>
  )
}

type AddProps = {
  providers: readonly ProviderConfig[]
  taken: readonly string[]
  onAdd: (id: string) => void
}

function AddMember({ providers, taken, onAdd }: AddProps) {
  const free = providers.filter(({ id }) => !taken.includes(id))
  if (providers.length === 0)
    return <p className={sectionStyles.quiet}>There is no provider yet: add one first, under Providers.</p>
  if (free.length === 0) return null
  return (
    <div className={styles.add}>
      <Select
        label="Add a member"
        value={NOBODY}
        onValueChange={(id) => {
          if (id !== NOBODY) onAdd(id)
        }}
        options={[
          { value: NOBODY, label: 'Add a member…' },
          ...free.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  )
}
