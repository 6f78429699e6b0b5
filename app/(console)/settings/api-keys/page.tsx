import type { Metadata } from 'next'
import { ApiKeysPage } from '#components/api-keys/api-keys-page.tsx'

export const metadata: Metadata = { title: 'API keys' }

/** The keys of machines that call the API. They are not every role's to see: they come by a call, which asks. */
export default function Page() {
  return <ApiKeysPage />
}
