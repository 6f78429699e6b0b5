/** The cross that closes or removes; who shows it gives the words. */
export const CrossIcon = () => (
  <svg width="12" height="12" viewBox="0 0 12 12" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
    <path d="m2 2 8 8M10 2l-8 8" />
  </svg>
)
