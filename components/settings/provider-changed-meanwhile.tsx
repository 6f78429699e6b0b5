'use client'

import { useQuery } from '@tanstack/react-query'
import { queries } from '#lib/client/queries.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { PROVIDER_LABELS } from '#lib/view/provider-form-labels.ts'
import { providerForm, type ProviderForm } from '#lib/view/provider-form.ts'
import { FormChangedMeanwhile } from './form-changed-meanwhile.tsx'

type Props = {
  stored: ProviderConfig
  mine: () => ProviderForm
  onChosen: (latest: ProviderConfig, values: ProviderForm) => void
}

/** Says that others changed the provider since the form was opened, and shows both sides. */
export function ProviderChangedMeanwhile(props: Props) {
  const reading = useQuery(queries.provider(props.stored.id))
  return (
    <FormChangedMeanwhile
      {...props}
      reading={reading}
      latest={reading.data?.provider}
      labels={PROVIDER_LABELS}
      formOf={providerForm}
    />
  )
}
