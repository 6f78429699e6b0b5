'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { ButtonLink } from '#components/ui/button-link.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { providerForm } from '#lib/view/provider-form.ts'
import { PageHeading } from './page-heading.tsx'
import { ProviderActionDialogs, type ProviderAction } from './provider-action-dialogs.tsx'
import { ProviderEditor } from './provider-editor.tsx'

/** One stored provider, to edit. */
export function ProviderPage({ id }: { id: string }) {
  const router = useRouter()
  const { data, error } = useQuery(queries.provider(id))
  const [action, setAction] = useState<ProviderAction | null>(null)
  if (data === undefined) {
    return (
      <>
        <PageHeading title={id} />
        <Panel title="Provider" minHeight={480} condition={waitingCondition(error)} />
      </>
    )
  }
  const { provider } = data
  return (
    <>
      <PageHeading
        title={provider.name}
        actions={
          <>
            <ButtonLink href={`/providers/${encodeURIComponent(id)}`}>Watch</ButtonLink>
            <ButtonLink
              needs="providers.write"
              href={`/settings/providers/new?from=${encodeURIComponent(id)}`}
            >
              Duplicate
            </ButtonLink>
            <Button needs="providers.write" onClick={() => setAction({ type: 'delete', provider })}>
              Delete…
            </Button>
          </>
        }
      >
        {KIND_FACTS[provider.kind].label} · id {id} · version {provider.version}
      </PageHeading>
      <ProviderEditor key={id} initial={providerForm(provider)} provider={provider} />
      <ProviderActionDialogs
        action={action}
        onClose={() => setAction(null)}
        onDeleted={() => router.replace('/settings/providers')}
      />
    </>
  )
}
