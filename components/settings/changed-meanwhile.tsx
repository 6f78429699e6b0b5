'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from '#lib/client/queries.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import { providerForm, type ProviderForm } from '#lib/view/provider-form.ts'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { ProviderConflictDialog } from './provider-conflict-dialog.tsx'

type Props = {
  stored: ProviderConfig
  mine: () => ProviderForm
  onChosen: (latest: ProviderConfig, values: ProviderForm) => void
}

/** Says that others changed the provider since the form was opened, and shows both sides. */
export function ChangedMeanwhile({ stored, mine, onChosen }: Props) {
  const latest = useQuery(queries.provider(stored.id)).data?.provider
  const [isComparing, setComparing] = useState(false)
  if (latest === undefined || latest.version <= stored.version) return null
  return (
    <>
      <MeanwhileNotice
        name={latest.name}
        latest={latest.version}
        began={stored.version}
        onCompare={() => setComparing(true)}
      />
      {isComparing && (
        <ProviderConflictDialog
          base={providerForm(stored)}
          mine={mine()}
          theirs={providerForm(latest)}
          onOpenChange={setComparing}
          onChosen={(values) => onChosen(latest, values)}
        />
      )}
    </>
  )
}
