'use client'

import { useRouter } from 'next/navigation'
import styles from '#components/settings/list-panel.module.css'
import { RowHead } from '#components/settings/row-head.tsx'
import { RowMenu } from '#components/settings/row-menu.tsx'
import type { RouteConfig } from '#lib/contract/route.ts'
import { nameList } from '#lib/view/name-list.ts'
import { STRATEGY_FACTS, strategyWords } from '#lib/view/strategy-words.ts'

type Props = { route: RouteConfig; nameOf: (providerId: string) => string; onDelete: () => void }

/** One route in the list: how it chooses, what it takes and who serves it. */
export function RouteTableRow({ route, nameOf, onDelete }: Props) {
  const router = useRouter()
  const { name, models, members, strategy, version } = route
  const path = encodeURIComponent(name)
  const href = `/settings/routes/${path}`
  return (
    <tr>
      <RowHead name={name} href={href}>
        {STRATEGY_FACTS[strategy.type].label} · {strategyWords(strategy, nameOf)}
      </RowHead>
      <td data-label="Models" className={styles.key}>
        {models.length === 0 ? <span className={styles.quiet}>by name only</span> : nameList(models)}
      </td>
      <td data-label="Members">{nameList(members.map(({ providerId }) => nameOf(providerId)))}</td>
      <td data-label="Version">{version}</td>
      <RowMenu
        name={name}
        items={[
          { label: 'Edit', onSelect: () => router.push(href) },
          {
            label: 'Duplicate',
            needs: 'routes.write',
            onSelect: () => router.push(`/settings/routes/new?from=${path}`),
          },
          {
            label: 'Simulate',
            onSelect: () => router.push(`/routing?tab=simulator&route=${path}#decisions`),
          },
          { label: 'Delete…', danger: true, needs: 'routes.write', onSelect: onDelete },
        ]}
      />
    </tr>
  )
}
