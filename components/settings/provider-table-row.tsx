'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { Switch } from '#components/ui/switch.tsx'
import type { ProviderConfig } from '#lib/contract/provider.ts'
import type { Settings } from '#lib/contract/settings.ts'
import { KIND_FACTS } from '#lib/domain/provider-kinds.ts'
import { ownThresholds } from '#lib/view/settings-changes.ts'
import styles from './list-panel.module.css'
import type { ProviderAction } from './provider-action-dialogs.tsx'
import { storedKeyWords } from './provider-key.tsx'
import { RowHead } from './row-head.tsx'
import { RowMenu } from './row-menu.tsx'

type Props = { provider: ProviderConfig; settings: Settings; onAction: (action: ProviderAction) => void }

/** One provider in the list: what it is, its key, how often it is checked, and what differs. */
export function ProviderTableRow({ provider, settings, onAction }: Props) {
  const router = useRouter()
  const { id, name, kind, baseUrl, enabled, thresholds } = provider
  const href = `/settings/providers/${encodeURIComponent(id)}`
  const own = ownThresholds(thresholds)
  return (
    <tr data-disabled={!enabled || undefined}>
      <RowHead name={name} href={href}>
        {KIND_FACTS[kind].label} · {baseUrl}
      </RowHead>
      <td data-label="Key" className={styles.key}>
        {keyWords(provider)}
      </td>
      <td data-label="Interval">{thresholds.monitor?.interval ?? settings.monitor.interval}</td>
      <td data-label="Thresholds" title={own.map(({ label, value }) => `${label}: ${value}`).join('\n')}>
        {own.length === 0 ? (
          <span className={styles.quiet}>inherited</span>
        ) : (
          <Link href={`${href}#thresholds`}>{own.length} differ</Link>
        )}
      </td>
      <td data-label="Enabled">
        <Switch
          label={`${name} enabled`}
          needs="providers.write"
          checked={enabled}
          onCheckedChange={() => onAction({ type: enabled ? 'disable' : 'enable', provider })}
        />
      </td>
      <RowMenu
        name={name}
        items={[
          { label: 'Edit', onSelect: () => router.push(href) },
          {
            label: 'Duplicate',
            needs: 'providers.write',
            onSelect: () => router.push(`/settings/providers/new?from=${encodeURIComponent(id)}`),
          },
          { label: 'Watch', onSelect: () => router.push(`/providers/${encodeURIComponent(id)}`) },
          {
            label: 'Delete…',
            danger: true,
            needs: 'providers.write',
            onSelect: () => onAction({ type: 'delete', provider }),
          },
        ]}
      />
    </tr>
  )
}

function keyWords(provider: ProviderConfig): string {
  if (provider.apiKeyRef !== null) return provider.apiKeyRef
  return provider.hasApiKey ? storedKeyWords(provider) : 'none'
}
