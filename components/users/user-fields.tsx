'use client'

import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { ROLES } from '#lib/domain/access/roles.ts'
import { capitalise } from '#lib/view/format.ts'
import type { FieldErrors } from '#lib/view/field-errors.ts'
import { ROLE_NOTES } from '#lib/view/role-words.ts'
import type { UserForm } from '#lib/view/user-form.ts'

const CHOICES = ROLES.map((role) => ({ value: role, label: capitalise(role), note: ROLE_NOTES[role] }))

type Props = { form: UserForm; errors: FieldErrors; onChange: (part: Partial<UserForm>) => void }

/** Who somebody is, and what they may. */
export function UserFields({ form, errors, onChange }: Props) {
  return (
    <>
      <Field label="Name" error={errors['name']}>
        <TextInput value={form.name} onChange={({ target }) => onChange({ name: target.value })} />
      </Field>
      <Field label="E-mail address" hint="To sign in with; nothing is sent to it." error={errors['email']}>
        <TextInput
          type="email"
          inputMode="email"
          autoCapitalize="none"
          spellCheck={false}
          value={form.email}
          onChange={({ target }) => onChange({ email: target.value })}
        />
      </Field>
      <Field label="User name" optional hint="May be used instead of the address." error={errors['username']}>
        <TextInput
          autoCapitalize="none"
          spellCheck={false}
          value={form.username}
          onChange={({ target }) => onChange({ username: target.value })}
        />
      </Field>
      <ChoiceGroup
        label="Role"
        layout="cards"
        value={form.role}
        choices={CHOICES}
        onValueChange={(role) => onChange({ role })}
      />
    </>
  )
}
