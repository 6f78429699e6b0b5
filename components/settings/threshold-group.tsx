'use client'

import { useState } from 'react'
import { Panel } from '#components/ui/panel.tsx'
import type { SettingsGroup, SettingsPath } from '#lib/contract/bounds.ts'
import { plural } from '#lib/view/format.ts'
import { differingProviders } from '#lib/view/settings-changes.ts'
import { fieldsOfGroup } from '#lib/view/settings-fields.ts'
import styles from './threshold-group.module.css'
import { ThresholdRow } from './threshold-row.tsx'
import type { SettingsDraft } from './use-settings-draft.ts'

type Props = {
  group: SettingsGroup
  title: string
  anchor: string
  edit: SettingsDraft
  showsAllErrors: boolean
}

/** The thresholds of one kind. */
export function ThresholdGroup({ group, title, anchor, edit, showsAllErrors }: Props) {
  // While a good value is being rewritten its unfinished text is no error yet; a shown error follows every key.
  const [hushed, setHushed] = useState<SettingsPath | null>(null)
  const differing = differingProviders(edit.base.settings.providers).filter(({ thresholds }) =>
    thresholds.some(({ path }) => path.startsWith(`${group}.`)),
  )
  return (
    <div id={anchor} className={styles.anchor}>
      <Panel
        title={`${title}, all providers`}
        {...(differing.length === 0
          ? {}
          : {
              meta: (
                <a href="#differing">{plural(differing.length, 'provider differs', 'providers differ')}</a>
              ),
            })}
      >
        {fieldsOfGroup(group).map((field) => (
          <ThresholdRow
            key={field.path}
            field={field}
            inForce={edit.base.settings}
            draft={edit.draft}
            error={hushed === field.path && !showsAllErrors ? undefined : edit.errors[field.path]}
            onValueChange={(value) => {
              if (!(field.path in edit.errors)) setHushed(field.path)
              edit.change(field.path, value)
            }}
            onBlur={() => setHushed(null)}
          />
        ))}
      </Panel>
    </div>
  )
}
