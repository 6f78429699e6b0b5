/** The product's sign: a track that changes over. */
export function BrandSign() {
  return (
    <svg
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M2 14.5h4.5l6.5-9h5M2 5.5h4M14 14.5h4" />
      <circle cx="6.5" cy="14.5" r="1.7" fill="currentColor" />
    </svg>
  )
}
