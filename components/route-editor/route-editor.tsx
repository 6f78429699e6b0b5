'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useMemo, useState } from 'react'
import { FormProvider, get } from 'react-hook-form'
import { persistedNote } from '#components/circuits/circuit-dialog-props.ts'
import { ComplaintSummary } from '#components/settings/complaint-summary.tsx'
import { firstMessage } from '#components/settings/form-messages.ts'
import styles from '#components/settings/provider-editor.module.css'
import { ReadingNotice } from '#components/settings/reading-notice.tsx'
import { LeaveGuard } from '#components/ui/leave-guard.tsx'
import { ReadOnlyWithout } from '#components/ui/read-only.tsx'
import { RequestNotice } from '#components/ui/request-notice.tsx'
import { toasts } from '#components/ui/toasts.ts'
import { queries } from '#lib/client/queries.ts'
import type { RouteConfig } from '#lib/contract/route.ts'
import { fieldLabel } from '#lib/view/form-sides.ts'
import { isSameRoute, ROUTE_LABELS, routeForm, type RouteForm } from '#lib/view/route-form.ts'
import { RouteChangedMeanwhile } from './route-changed-meanwhile.tsx'
import { RouteIdentity } from './route-identity.tsx'
import { RouteLimits } from './route-limits.tsx'
import { RouteMembers } from './route-members.tsx'
import { RouteSaveBar } from './route-save-bar.tsx'
import { RouteStrategy } from './route-strategy.tsx'
import { StrategyContext } from './strategy-context.ts'
import { useRouteForm } from './use-route-form.ts'
import { useSaveRoute } from './use-save-route.ts'

type Props = {
  initial: RouteForm
  /** The route as it is stored; null for a new one. */
  route: RouteConfig | null
}

/** A route's one form, for a new one and for a stored one alike. */
export function RouteEditor({ initial, route }: Props) {
  const [stored, setStored] = useState(route)
  const form = useRouteForm(initial)
  const { errors } = form.formState
  const values = form.watch()
  const saving = useSaveRoute(form, stored)
  const router = useRouter()
  const known = useQuery(queries.providers())
  const providers = known.data
  const before = stored === null ? initial : routeForm(stored)
  const isDirty = !isSameRoute(values, before)
  // Watched values are new objects at each key; what the fields need of them is only who the members are.
  const ids = values.members.map(({ providerId }) => providerId).join('\n')
  const surroundings = useMemo(() => {
    const names = new Map((providers ?? []).map(({ id, name }) => [id, name]))
    const members = ids.split('\n').filter((id) => id !== '')
    return {
      members: members.map((id) => ({ id, name: names.get(id) ?? id })),
      errorAt: (path: string) => firstMessage(get(errors, path)),
    }
  }, [ids, providers, errors])

  const take = (next: RouteConfig, shown: RouteForm) => {
    setStored(next)
    form.reset(shown)
    saving.forget()
  }

  const save = () =>
    saving.save(({ route: next, persisted }) => {
      take(next, routeForm(next))
      toasts.add({
        title: `Route ${next.name} is ${stored === null ? 'in force' : 'changed'}`,
        description: persistedNote(persisted),
      })
      if (stored === null) router.replace(`/settings/routes/${encodeURIComponent(next.name)}`)
    })

  return (
    <FormProvider {...form}>
      <StrategyContext value={surroundings}>
        <div className={styles.form}>
          <ComplaintSummary labelOf={(path) => fieldLabel(ROUTE_LABELS, path)} />
          <ReadOnlyWithout needs="routes.write">
            <RouteIdentity isNew={stored === null} />
            <ReadingNotice what="The list of providers" reading={known} />
            <RouteMembers providers={providers ?? null} />
            <RouteStrategy providers={providers ?? []} />
            <RouteLimits />
          </ReadOnlyWithout>
          <div className={styles.foot}>
            {stored !== null && (
              <RouteChangedMeanwhile stored={stored} mine={form.getValues} onChosen={take} />
            )}
            {saving.error !== null && <RequestNotice error={saving.error} details={saving.homeless} />}
            <RouteSaveBar
              isNew={stored === null}
              isDirty={isDirty}
              isSaving={saving.isPending}
              onSave={save}
              onDiscard={() => form.reset(before)}
            />
          </div>
        </div>
      </StrategyContext>
      <LeaveGuard
        when={isDirty}
        what={stored === null ? 'This new route' : `Your changes of ${stored.name}`}
      />
    </FormProvider>
  )
}
