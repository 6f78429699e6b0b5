import Link from 'next/link'

export const metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <div className="page-message">
      <h1>There is nothing at this address</h1>
      <p>
        The provider may have been deleted; its history stays under its id. The overview shows all that are
        there.
      </p>
      <Link className="page-action" href="/">
        Overview
      </Link>
    </div>
  )
}
