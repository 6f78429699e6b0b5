'use client'

import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { queries } from '#lib/client/queries.ts'
import type { Monitor } from '#lib/contract/monitor.ts'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { MemberForm } from '#lib/view/route-form.ts'
import { splitExample, type SplitExample as Example } from '#lib/view/split-example.ts'
import type { StrategyForm } from '#lib/view/strategy-form.ts'
import styles from './split-example.module.css'

type Props = {
  strategy: StrategyForm
  members: readonly MemberForm[]
  models: string
  providers: readonly ProviderConfig[]
}

const rowsOf = ({ providers }: Monitor) => providers

/** What the route, as it is written now, would do with a hundred requests. */
export function SplitExample({ strategy, members, models, providers }: Props) {
  const { data: rows } = useQuery({ ...queries.monitor(), select: rowsOf })
  const input = useMemo(
    () => ({ strategy, members, models, providers, rows: rows ?? [] }),
    [strategy, members, models, providers, rows],
  )
  const settled = useDeferredValue(input)
  const example = useMemo(() => splitExample(settled), [settled])
  return (
    <section className={styles.example} aria-label="Example" aria-live="polite">
      <h3>With every member eligible</h3>
      {example === null ? (
        <p>An example appears here once members and strategy are filled in.</p>
      ) : (
        <Split example={example} />
      )}
    </section>
  )
}

function Split({ example }: { example: Example }) {
  return (
    <>
      <p>{example.sentence}</p>
      {example.parts.length > 0 && (
        <ul className={styles.parts}>
          {example.parts.map(({ providerId, name, count }) => (
            <li key={providerId}>
              <span>{name}</span>
              <i aria-hidden>
                <b style={{ width: `${count}%` }} />
              </i>
              <span className={styles.count}>{count}</span>
            </li>
          ))}
        </ul>
      )}
      {example.rules.length > 0 && (
        <ol className={styles.rules}>
          {example.rules.map((rule, index) => (
            <li key={index}>
              <p className={styles.rule}>
                <b>{rule.name}</b> {rule.when}
              </p>
              <Split example={rule.example} />
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
