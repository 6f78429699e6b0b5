'use client'

import { useController, useFormContext } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { RouteForm } from '#lib/view/route-form.ts'
import styles from '#components/settings/form-section.module.css'

/** What the route is called and which models it takes. */
export function RouteIdentity({ isNew }: { isNew: boolean }) {
  const { control } = useFormContext<RouteForm>()
  const name = useController({ control, name: 'name' })
  const models = useController({ control, name: 'models' })
  return (
    <FormSection title="Requests">
      <div className={styles.pair}>
        <Field
          label="Name"
          hint={
            isNew
              ? 'For good; a request picks it as route:NAME'
              : `Requests pick it as route:${name.field.value}`
          }
          error={firstMessage(name.fieldState.error)}
        >
          <TextInput
            id="name"
            spellCheck={false}
            autoCapitalize="none"
            placeholder="chat"
            readOnly={!isNew}
            value={name.field.value}
            onChange={name.field.onChange}
            onBlur={name.field.onBlur}
          />
        </Field>
        <Field
          label="Models"
          optional
          hint="Separated by commas; * at the end takes any rest. An exact name goes before a prefix, a longer one before a shorter"
          error={firstMessage(models.fieldState.error)}
        >
          <TextInput
            id="models"
            spellCheck={false}
            autoCapitalize="none"
            placeholder="gpt-4o*, o3"
            value={models.field.value}
            onChange={models.field.onChange}
            onBlur={models.field.onBlur}
          />
        </Field>
      </div>
    </FormSection>
  )
}
