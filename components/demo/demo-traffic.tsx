'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { ChoiceGroup, type Choice } from '#components/ui/choice-group.tsx'
import { demoLoadQuery, setDemoLoadMutation } from '#lib/client/demo-load.ts'
import { formatCount, plural } from '#lib/view/format.ts'
import styles from './demo-traffic.module.css'

const PACES: readonly Choice<string>[] = [
  { value: '0', label: 'Off' },
  { value: '12', label: '12/s' },
  { value: '50', label: '50/s' },
  { value: '150', label: '150/s' },
]

/** Turns the traffic of the demo's applications up and down. */
export function DemoTraffic() {
  const { data: load, isError } = useQuery(demoLoadQuery())
  const change = useMutation(setDemoLoadMutation())
  if (isError && load === undefined)
    return <p className={styles.words}>The demo’s traffic does not answer.</p>
  const pace = change.isPending ? change.variables.requestsPerSecond : load?.requestsPerSecond
  return (
    <div className={styles.control}>
      <ChoiceGroup
        label="Demo traffic"
        needs="demo.command"
        value={String(pace ?? '')}
        onValueChange={(value) => change.mutate({ requestsPerSecond: Number(value) })}
        choices={PACES}
      />
      <p className={styles.words}>
        {change.isError
          ? change.error.message
          : load && `${plural(load.sent, 'request')} sent, ${formatCount(load.failed)} without a good answer`}
      </p>
    </div>
  )
}
