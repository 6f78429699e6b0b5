'use client'

/** The last resort, when not even the frame can be drawn: it has no styles but its own. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body
        style={{ margin: 0, background: '#0b0f14', color: '#e8eef5', font: '16px/1.5 system-ui, sans-serif' }}
      >
        <main role="alert" style={{ maxWidth: '32rem', margin: '20vh auto', padding: '0 1.5rem' }}>
          <h1 style={{ fontSize: '1.4rem' }}>Switchyard’s console could not be drawn</h1>
          <p>
            Nothing is known here about the providers now. Checks and circuits go on without this page; if it
            stays away, the server’s log says why.
          </p>
          <button
            type="button"
            onClick={() => window.location.reload()}
            style={{ font: 'inherit', padding: '0.5rem 1rem', cursor: 'pointer' }}
          >
            Reload
          </button>
        </main>
      </body>
    </html>
  )
}
