'use client'

import { useController, useFormContext } from 'react-hook-form'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Switch } from '#components/ui/switch.tsx'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { PROVIDER_KINDS, type ProviderKind } from '#lib/domain/provider.ts'
import { withKind, type ProviderForm } from '#lib/view/provider-form.ts'
import { ControlledText } from './controlled-text.tsx'
import { FormSection } from './form-section.tsx'
import styles from './form-section.module.css'

const KINDS = PROVIDER_KINDS.map((kind) => ({ value: kind, label: KIND_FACTS[kind].label }))

/** Who the provider is and where: name, kind, base URL. */
export function ProviderIdentity({ isNew }: { isNew: boolean }) {
  const { control, getValues, reset, setValue } = useFormContext<ProviderForm>()
  const kind = useController({ control, name: 'kind' }).field.value
  const enabled = useController({ control, name: 'enabled' })
  const facts = KIND_FACTS[kind]
  const hasVersion = facts.apiVersion !== null || kind === 'azure-openai'

  const choose = (next: ProviderKind) => {
    const form = withKind(getValues(), next)
    // A stored provider keeps its default values, so that the change shows as one.
    if (isNew) reset(form, { keepDefaultValues: true })
    else
      for (const name of ['kind', 'baseUrl', 'probe'] as const)
        setValue(name, form[name], { shouldDirty: true })
  }

  return (
    <FormSection title="Provider">
      <div className={styles.pair}>
        <ControlledText<ProviderForm>
          name="name"
          label="Name"
          hint="As operators say it: openai-prod, azure-eu"
        />
        <Field label="Kind" hint="Gives the defaults of the rest" nativeLabel={false}>
          <Select value={kind} onValueChange={choose} options={KINDS} />
        </Field>
      </div>
      <ControlledText<ProviderForm>
        name="baseUrl"
        label="Base URL"
        inputMode="url"
        spellCheck={false}
        placeholder={facts.baseUrlExample}
        hint={facts.baseUrl === null ? `Such as ${facts.baseUrlExample}` : `Empty: ${facts.baseUrl}`}
      />
      <div className={styles.pair}>
        {isNew && (
          <ControlledText<ProviderForm>
            name="id"
            label="Id"
            optional
            spellCheck={false}
            hint="In addresses and in the history, for good; made from the name when empty"
          />
        )}
        {hasVersion && (
          <ControlledText<ProviderForm>
            name="apiVersion"
            label="API version"
            optional
            spellCheck={false}
            {...(facts.apiVersion === null ? {} : { placeholder: facts.apiVersion })}
            hint={facts.apiVersion === null ? 'Only for the older, dated API' : `Empty: ${facts.apiVersion}`}
          />
        )}
      </div>
      <div className={styles.line}>
        <Switch
          label="Enabled"
          checked={enabled.field.value}
          onCheckedChange={(checked) => enabled.field.onChange(checked)}
        />
        <span>
          Enabled
          <span className={styles.quiet}> · a disabled provider is not checked and gets no traffic</span>
        </span>
      </div>
    </FormSection>
  )
}
