import Link from 'next/link'
import { AskedProvider } from '#components/providers/asked-provider.tsx'

export default function ProviderNotFound() {
  return (
    <div className="page-message">
      <h1>
        There is no provider <AskedProvider />
      </h1>
      <p>It may have been deleted; its history stays under its id. The overview shows all that are there.</p>
      <Link className="page-action" href="/">
        Overview
      </Link>
    </div>
  )
}
