'use client'

import { useQuery } from '@tanstack/react-query'
import { useController, useFormContext } from 'react-hook-form'
import { ControlledText } from '#components/settings/controlled-text.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import { FormSection } from '#components/settings/form-section.tsx'
import styles from '#components/settings/form-section.module.css'
import { ReadingNotice } from '#components/settings/reading-notice.tsx'
import { ToggleList } from '#components/settings/toggle-list.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Complaint } from '#components/ui/complaint.tsx'
import { queries } from '#lib/client/queries.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { RuleForm } from '#lib/view/rule-form.ts'
import { scopesFor } from '#lib/view/rule-words.ts'

/** Whom the rule is about: only what its condition can be about is offered. */
export function RuleScopeFields() {
  const { control, setValue } = useFormContext<RuleForm>()
  const condition = useController({ control, name: 'condition.type' }).field.value
  const { field, fieldState } = useController({ control, name: 'scope.type' })
  const offered = scopesFor(condition)
  const all = condition === 'route_members' ? 'Every route' : 'Every provider'
  const labels = { all, providers: 'Some providers', tags: 'By tag', routes: 'Some routes' }
  if (offered.length === 1)
    return (
      <FormSection title="About whom">
        <p className={styles.quiet}>Switchyard itself.</p>
      </FormSection>
    )
  return (
    <FormSection title="About whom">
      <ChoiceGroup
        label="Scope"
        value={field.value}
        onValueChange={(type) => setValue('scope', { type, ids: [], tags: '' }, { shouldDirty: true })}
        choices={offered.map((value) => ({ value, label: labels[value] }))}
      />
      {field.value === 'tags' && (
        <ControlledText<RuleForm>
          name="scope.tags"
          label="Tags"
          hint="Separated by commas; a provider with any of them"
          spellCheck={false}
        />
      )}
      {(field.value === 'providers' || field.value === 'routes') && <ScopeIds of={field.value} />}
      {fieldState.error !== undefined && <Complaint role="alert">{firstMessage(fieldState.error)}</Complaint>}
    </FormSection>
  )
}

const PROVIDERS = { what: 'The list of providers', label: 'Providers', none: 'There is no provider yet.' }
const ROUTES = { what: 'The list of routes', label: 'Routes', none: 'There is no route yet.' }

function ScopeIds({ of }: { of: 'providers' | 'routes' }) {
  const { control } = useFormContext<RuleForm>()
  const { field, fieldState } = useController({ control, name: 'scope.ids' })
  const providers = useQuery({ ...queries.providers(), enabled: of === 'providers' })
  const routes = useQuery({ ...routingQueries.routes(), enabled: of === 'routes' })
  const { what, label, none, reading, options } =
    of === 'providers'
      ? { ...PROVIDERS, reading: providers, options: providers.data }
      : { ...ROUTES, reading: routes, options: routes.data?.map(({ name }) => ({ id: name, name })) }
  return (
    <>
      <ReadingNotice what={what} reading={reading} />
      <ToggleList
        id="scope.ids"
        label={label}
        options={options ?? []}
        chosen={field.value}
        error={firstMessage(fieldState.error)}
        none={options === undefined ? null : none}
        onChange={(ids) => field.onChange(ids)}
      />
    </>
  )
}
