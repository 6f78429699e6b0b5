'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PageHeading } from '#components/settings/page-heading.tsx'
import styles from '#components/settings/provider-list.module.css'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { failureFacts } from '#lib/client/request-error.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import type { ClientKeyView } from '#lib/contract/client-key.ts'
import { plural } from '#lib/view/format.ts'
import type { PanelCondition } from '#lib/view/panel-condition.ts'
import { ClientKeyRow } from './client-key-row.tsx'
import { CreateClientKeyDialog } from './create-client-key-dialog.tsx'
import { DeleteClientKeyDialog } from './delete-client-key-dialog.tsx'

/** The keys that applications call the gateway with. */
export function ClientKeysPage() {
  const { data, error } = useQuery(routingQueries.clientKeys())
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
      <Panel title="Keys" minHeight={200} condition={conditionOf(data, error)}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Routes</th>
              <th scope="col">Limits</th>
              <th scope="col">Last used</th>
              <th scope="col">
                <span className="visually-hidden">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(data ?? []).map((key) => (
              <ClientKeyRow key={key.id} clientKey={key} onDelete={() => setDeleting(key)} />
            ))}
          </tbody>
        </table>
      </Panel>
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

function conditionOf(keys: readonly ClientKeyView[] | undefined, error: Error | null): PanelCondition {
  if (keys !== undefined)
    return keys.length === 0
      ? { kind: 'empty', text: 'No key yet: the gateway asks for none.' }
      : { kind: 'ready' }
  const failure = failureFacts(error)
  return failure === null ? { kind: 'loading' } : { kind: 'failed', ...failure }
}
