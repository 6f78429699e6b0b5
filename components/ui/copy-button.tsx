'use client'

import { useEffect, useState } from 'react'
import { Button } from './button.tsx'

const SHOWN_MS = 2_000

/** Copies a text; for two seconds it says whether that worked. `what` completes its name: "Copy the gateway’s URL". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null)
  useEffect(() => {
    if (result === null) return
    const timer = setTimeout(() => setResult(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [result])
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setResult('copied'),
      () => setResult('failed'),
    )
  return (
    <Button
      size="small"
      aria-label={result === null ? `Copy ${what}` : undefined}
      // Without a secure origin there is no clipboard to write to.
      onClick={() => void ('clipboard' in navigator ? copy() : setResult('failed'))}
    >
      <span aria-live="polite">
        {result === null ? 'Copy' : result === 'copied' ? 'Copied' : 'Select it by hand'}
      </span>
    </Button>
  )
}
