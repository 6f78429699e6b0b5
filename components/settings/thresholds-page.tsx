'use client'

import { useQuery } from '@tanstack/react-query'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { queries } from '#lib/client/queries.ts'
import { waitingCondition } from '#lib/client/waiting-condition.ts'
import { PageHeading } from './page-heading.tsx'
import { ThresholdsEditor } from './thresholds-editor.tsx'

/** The thresholds in force: to read, to draft, to save with a reason, and to revert. */
export function ThresholdsPage() {
  const reading = useQuery(queries.settings())
  const { data, error } = reading
  return (
    <>
      <PageHeading title="Thresholds">
        {data === undefined ? (
          'Changes apply when saved; nothing happens while you type.'
        ) : (
          <>
            Version {data.version} is in force since <Time at={data.at} show="full" />
            {data.persisted ? '' : ', not yet on disk'}. Changes apply when saved; nothing happens while you
            type.
          </>
        )}
      </PageHeading>
      {data === undefined ? (
        <Panel title="Thresholds" minHeight={480} condition={waitingCondition(error)} />
      ) : (
        <ThresholdsEditor inForce={data} reading={reading} />
      )}
    </>
  )
}
