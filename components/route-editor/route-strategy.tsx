'use client'

import { useController, useFormContext, useWatch } from 'react-hook-form'
import { FormSection } from '#components/settings/form-section.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { RouteForm } from '#lib/view/route-form.ts'
import { SplitExample } from './split-example.tsx'
import { StrategyFields } from './strategy-fields.tsx'

/** How the route chooses among its members, and below it what that comes to. */
export function RouteStrategy({ providers }: { providers: readonly ProviderConfig[] }) {
  const { control } = useFormContext<RouteForm>()
  const { field } = useController({ control, name: 'strategy' })
  const members = useWatch({ control, name: 'members' })
  const models = useWatch({ control, name: 'models' })
  return (
    <FormSection title="Strategy">
      <StrategyFields value={field.value} onChange={field.onChange} path="strategy" depth={1} />
      <SplitExample strategy={field.value} members={members} models={models} providers={providers} />
    </FormSection>
  )
}
