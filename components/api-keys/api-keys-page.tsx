'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { accessCondition } from '#components/access/access-condition.ts'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { apiKeysQuery } from '#lib/client/api-key-queries.ts'
import { whoQuery } from '#lib/client/who-query.ts'
import type { ApiKeyView } from '#lib/contract/api-key.ts'
import { ApiKeyRow } from './api-key-row.tsx'
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx'
import { DeleteApiKeyDialog } from './delete-api-key-dialog.tsx'

const COLUMNS = ['Key', 'Purposes', 'Expires', 'Last used'] as const

/** The keys that machines call the API with. */
export function ApiKeysPage() {
  const list = useQuery(apiKeysQuery())
  const { data } = list
  const { data: who } = useQuery(whoQuery())
  const [isCreating, setCreating] = useState(false)
  const [deleting, setDeleting] = useState<ApiKeyView | null>(null)
  const condition = accessCondition(list, {
    permission: 'api-keys.manage',
    empty: data?.length === 0 ? 'No key yet: only people can call the API.' : null,
  })
  return (
    <>
      <PageHeading
        title="API keys"
        actions={
          <Button variant="solid" disabled={condition.kind === 'forbidden'} onClick={() => setCreating(true)}>
            Create a key…
          </Button>
        }
      >
        {who?.state === 'open'
          ? 'Switchyard was started with SWITCHYARD_AUTH=off: for now it asks no machine for a key.'
          : 'For machines that call Switchyard’s own API: gateways, deployments, monitoring. Each may only what its purposes allow.'}
      </PageHeading>
      <ListPanel title="Keys" minHeight={200} condition={condition} columns={COLUMNS}>
        {(data ?? []).map((apiKey) => (
          <ApiKeyRow key={apiKey.id} apiKey={apiKey} onDelete={() => setDeleting(apiKey)} />
        ))}
      </ListPanel>
      {isCreating && <CreateApiKeyDialog onClose={() => setCreating(false)} />}
      {deleting !== null && <DeleteApiKeyDialog apiKey={deleting} onClose={() => setDeleting(null)} />}
    </>
  )
}
