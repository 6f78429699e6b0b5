'use client'

import { useQuery } from '@tanstack/react-query'
import { Panel } from '#components/ui/panel.tsx'
import { queries } from '#lib/client/queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import type { ProviderKind } from '#lib/domain/provider.ts'
import { duplicateForm, newProviderForm, type ProviderForm } from '#lib/view/provider-form.ts'
import { PageHeading } from './page-heading.tsx'
import { PresetList } from './preset-list.tsx'
import { ProviderEditor } from './provider-editor.tsx'

/** A new provider: of a kind, like another one, or, while neither is chosen, the kinds to choose from. */
export function NewProviderPage({ kind, from }: { kind: ProviderKind | null; from: string | null }) {
  const { data, error } = useQuery({ ...queries.provider(from ?? ''), enabled: from !== null })
  const original = data?.provider
  const initial =
    original === undefined ? (kind === null ? null : newProviderForm(kind)) : duplicateForm(original)
  return (
    <>
      <PageHeading title="Add a provider">{wordsOf(initial, original?.name ?? null)}</PageHeading>
      {initial === null ? (
        <Beginning from={from} error={error} />
      ) : (
        <ProviderEditor key={`${initial.kind} ${from ?? ''}`} initial={initial} provider={null} />
      )}
    </>
  )
}

function Beginning({ from, error }: { from: string | null; error: Error | null }) {
  if (from === null) return <PresetList />
  return <Panel title="Provider" minHeight={480} condition={waitingCondition(error)} />
}

function wordsOf(initial: ProviderForm | null, original: string | null): string {
  if (initial === null) return 'Anything that serves language models over HTTP can be watched.'
  if (original !== null) return `Like ${original}, but for its secrets, which nobody can read.`
  return `${KIND_FACTS[initial.kind].label}: what is publicly known of it is filled in.`
}
