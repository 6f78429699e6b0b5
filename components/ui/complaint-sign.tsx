/** The sign before what is wrong with a value. */
export function ComplaintSign() {
  return (
    <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d="M3.6.5h4.8l3.1 3.1v4.8l-3.1 3.1H3.6L.5 8.4V3.6z" fill="var(--unhealthy)" />
      <path d="M6 3v3.6M6 8.2v.9" stroke="var(--on-unhealthy)" strokeWidth="1.4" />
    </svg>
  )
}
