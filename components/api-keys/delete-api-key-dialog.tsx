'use client'

import { useMutation } from '@tanstack/react-query'
import { DeleteKeyDialog } from '#components/settings/delete-key-dialog.tsx'
import { apiKeyMutations } from '#lib/client/api-key-queries.ts'
import type { ApiKeyView } from '#lib/contract/api-key.ts'

/** Asks before a machine's key is deleted. */
export function DeleteApiKeyDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const remove = useMutation(apiKeyMutations.delete(apiKey.id))
  return <DeleteKeyDialog kept={apiKey} calls="Calls" remove={remove} onClose={onClose} />
}
