'use client'

import { CrossIcon } from '#components/ui/cross-icon.tsx'
import { IconButton } from '#components/ui/icon-button.tsx'

/** Takes a row out of a list. */
export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <IconButton label={label} onClick={onClick}>
      <CrossIcon />
    </IconButton>
  )
}
