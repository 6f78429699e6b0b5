import Link from 'next/link'

export default function IncidentNotFound() {
  return (
    <div className="page-message">
      <h1>There is no such incident</h1>
      <p>
        It may be older than what is kept, or the link is not whole. All that is open is on the page of the
        incidents.
      </p>
      <Link className="page-action" href="/incidents">
        Incidents
      </Link>
    </div>
  )
}
