'use client'

import { IconButton } from '#components/ui/icon-button.tsx'

/** Takes a row out of a list. */
export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton label={label} onClick={onClick}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <path d="m2 2 8 8M10 2l-8 8" />
      </svg>
    </IconButton>
  )
}
