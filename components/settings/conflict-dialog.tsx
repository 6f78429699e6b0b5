'use client'

import { useState } from 'react'
import { ActionDialog } from '#components/ui/action-dialog.tsx'
import { ChoiceGroup } from '#components/ui/choice-group.tsx'
import { Time } from '#components/ui/time.tsx'
import type { SettingsPath } from '#lib/contract/bounds.ts'
import type { SettingsVersion } from '#lib/contract/settings.ts'
import { plural } from '#lib/view/format.ts'
import { mergeSettings, resolveConflicts } from '#lib/view/settings-changes.ts'
import { ChangeTable } from './change-table.tsx'
import type { SettingsDraft } from './use-settings-draft.ts'

type Props = { edit: SettingsDraft; inForce: SettingsVersion; onOpenChange: (open: boolean) => void }

/** Two people's changes side by side: what both changed is decided here, then the review goes on over theirs. */
export function ConflictDialog({ edit, inForce, onOpenChange }: Props) {
  const [keepTheirs, setKeepTheirs] = useState<ReadonlySet<SettingsPath>>(new Set())
  const theirs = inForce.settings
  const merge = mergeSettings({ base: edit.base.settings, mine: edit.draft, theirs })
  const choose = (path: SettingsPath, side: 'mine' | 'theirs') => {
    const next = new Set(keepTheirs)
    if (side === 'theirs') next.add(path)
    else next.delete(path)
    setKeepTheirs(next)
  }
  return (
    <ActionDialog
      open
      onOpenChange={onOpenChange}
      title={`Version ${inForce.version} came first`}
      description={
        <>
          {inForce.actor} saved it at <Time at={inForce.at} show="full" />
          {inForce.reason === null ? '' : `: “${inForce.reason}”`}. Nothing of your draft is lost or in force.
        </>
      }
      action={`Go on over version ${inForce.version}`}
      pendingAction=""
      pending={false}
      onAction={() => edit.rebase(inForce, resolveConflicts(merge, theirs, keepTheirs))}
    >
      {merge.conflicts.map(({ path, label, base, mine, theirs: other }) => (
        <ChoiceGroup
          key={path}
          label={`${label}, was ${base}`}
          value={keepTheirs.has(path) ? 'theirs' : 'mine'}
          onValueChange={(side) => choose(path, side)}
          choices={[
            { value: 'mine', label: `Mine: ${mine}` },
            { value: 'theirs', label: `Theirs: ${other}` },
          ]}
        />
      ))}
      {merge.conflicts.length === 0 && <p>You changed different thresholds: both sides can stand.</p>}
      {merge.theirs.length > 0 && (
        <section>
          <h3>{plural(merge.theirs.length, 'change')} of theirs alone</h3>
          <ChangeTable changes={merge.theirs} caption="Changes of theirs alone" />
        </section>
      )}
    </ActionDialog>
  )
}
