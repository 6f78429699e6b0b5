'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { Time } from '#components/ui/time.tsx'
import { queries } from '#lib/client/queries.ts'
import { listCondition } from '#lib/client/waiting-condition.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { settingsChanges } from '#lib/view/settings-changes.ts'
import { RevertDialog } from './revert-dialog.tsx'
import styles from './side-panel.module.css'
import type { SavedSettings } from './undo-notice.tsx'

type Props = { inForce: SettingsVersion; onReverted: (saved: SavedSettings) => void }

/** Who put which thresholds in force, when and why, newest first; each earlier one can be put in force again. */
export function VersionsPanel({ inForce, onReverted }: Props) {
  const versions = useInfiniteQuery(queries.settingsVersions())
  const [reverting, setReverting] = useState<SettingsVersion | null>(null)
  const items = versions.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Panel
      title="Versions"
      meta="newest first"
      minHeight={160}
      condition={listCondition(versions, versions.data?.pages)}
    >
      <ol>
        {items.map((version, index) => (
          <Version
            key={version.version}
            version={version}
            before={items[index + 1] ?? null}
            isInForce={version.version === inForce.version}
            onRevert={() => setReverting(version)}
          />
        ))}
      </ol>
      {versions.hasNextPage && (
        <div className={styles.foot}>
          <Button
            size="small"
            pending={versions.isFetchingNextPage}
            pendingLabel="Loading…"
            onClick={() => void versions.fetchNextPage()}
          >
            Earlier versions
          </Button>
        </div>
      )}
      {reverting !== null && (
        <RevertDialog
          to={reverting}
          inForce={inForce}
          onOpenChange={(open) => {
            if (!open) setReverting(null)
          }}
          onReverted={(saved) => {
            setReverting(null)
            onReverted(saved)
          }}
        />
      )}
    </Panel>
  )
}

type VersionProps = {
  version: SettingsVersion
  before: SettingsVersion | null
  isInForce: boolean
  onRevert: () => void
}

function Version({ version, before, isInForce, onRevert }: VersionProps) {
  const changes = before === null ? [] : settingsChanges(before.settings, version.settings)
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <span className={styles.name}>Version {version.version}</span>
        {isInForce ? (
          <span className={styles.facts}>in force{version.persisted ? '' : ', not yet on disk'}</span>
        ) : (
          <Button
            needs="settings.write"
            size="small"
            variant="quiet"
            onClick={onRevert}
            aria-label={`Revert to version ${version.version}`}
          >
            Revert…
          </Button>
        )}
      </div>
      <div className={styles.facts}>
        <Time at={version.at} show="full" /> · {version.actor}
      </div>
      {version.reason !== null && <p className={styles.reason}>{version.reason}</p>}
      <ul className={styles.changes}>
        {changes.slice(0, 6).map(({ path, label, providerId, before: from, after }) => (
          <li key={`${providerId ?? ''} ${path}`} className={styles.pair}>
            <span>{providerId === null ? label : `${providerId}: ${label}`}</span>
            <span>
              {from} → {after}
            </span>
          </li>
        ))}
        {changes.length > 6 && <li className={styles.facts}>and {changes.length - 6} more</li>}
      </ul>
    </li>
  )
}
