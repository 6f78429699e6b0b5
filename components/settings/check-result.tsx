'use client'

import type { UseMutationResult } from '@tanstack/react-query'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import type { Check } from '#lib/contract/check.ts'
import { checkSummary } from '#lib/view/check-summary.ts'

/** What a check just run has found, with how long each part of it took. */
export function CheckResult({ check }: { check: UseMutationResult<Check, Error, string> }) {
  if (check.error !== null) return <RequestNotice error={check.error} title="The check did not run" />
  if (check.data === undefined) return null
  const { tone, title, facts } = checkSummary(check.data)
  return (
    <Notice
      tone={tone}
      role="status"
      title={title}
      actions={
        <Button size="small" variant="quiet" onClick={() => check.reset()}>
          Dismiss
        </Button>
      }
    >
      {facts.length > 0 && <p>{facts.map(({ name, value }) => `${name} ${value}`).join(' · ')}</p>}
    </Notice>
  )
}
