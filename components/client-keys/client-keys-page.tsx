'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ListPanel } from '#components/settings/list-panel.tsx'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { Button } from '#components/ui/button.tsx'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { ClientKeyView } from '#lib/contract/client-key.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { ClientKeyRow } from './client-key-row.tsx'
import { CreateClientKeyDialog } from './create-client-key-dialog.tsx'
import { DeleteClientKeyDialog } from './delete-client-key-dialog.tsx'

const COLUMNS = ['Key', 'Routes', 'Limits', 'Last used'] as const

const NO_KEY: PanelCondition = { kind: 'empty', text: 'No key yet: the gateway asks for none.' }

/** The keys that applications call the gateway with. */
export function ClientKeysPage() {
  const list = useQuery(routingQueries.clientKeys())
  const { data } = list
  const [isCreating, setCreating] = useState(false)
  const [deleting, setDeleting] = useState<ClientKeyView | null>(null)
  return (
    <>
      <PageHeading
        title="Gateway keys"
        actions={
          <Button needs="client-keys.write" variant="solid" onClick={() => setCreating(true)}>
            Create a key…
          </Button>
        }
      >
        {data !== undefined && data.length > 0
          ? `${plural(data.length, 'key')}: every request to the gateway must carry one. They never go to a provider.`
          : 'While there is no key, whoever reaches the gateway on this machine may use it; once there is one, every request must carry one.'}
      </PageHeading>
      <ListPanel title="Keys" minHeight={200} condition={listCondition(list, data, NO_KEY)} columns={COLUMNS}>
        {(data ?? []).map((key) => (
          <ClientKeyRow key={key.id} clientKey={key} onDelete={() => setDeleting(key)} />
        ))}
      </ListPanel>
      {isCreating && <CreateClientKeyDialog onClose={() => setCreating(false)} />}
      {deleting !== null && (
        <DeleteClientKeyDialog
          clientKey={deleting}
          isLast={data?.length === 1}
          onClose={() => setDeleting(null)}
        />
      )}
    </>
  )
}
