'use client'

/** What stands in a page's place when it cannot be drawn; the bar above it stays. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <div className="page-message" role="alert">
      <h1>This page could not be drawn</h1>
      <p>
        Checks and circuits go on without it. Try again; if it happens again, the server’s log says why
        {error.digest === undefined ? '.' : <> under {error.digest}.</>}
      </p>
      <button type="button" className="page-action" onClick={reset}>
        Try again
      </button>
    </div>
  )
}
