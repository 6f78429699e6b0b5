'use client'

import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import { setPaused, useLive } from '#lib/client/live/live-store.ts'
import { queries } from '#lib/client/queries.ts'
import { useRoleLacking } from '#lib/client/session.ts'
import { routingQueries } from '#lib/client/routing-queries.ts'
import { useZone } from '#lib/client/use-zone.ts'
import type { Permission } from '#lib/domain/access/roles.ts'
import { refusalWords } from '#lib/view/access-view.ts'
import { searchRows } from '#lib/view/row-search.ts'
import { openOverlay } from './overlay-store.ts'
import { Overlay } from './overlay.tsx'
import { PAGES } from './pages.ts'
import styles from './palette.module.css'

const MOST_PROVIDERS = 12
const MOST_ROUTES = 8

/** `needs`: what its user must be allowed to; without it, the item is there, says which role may, and does nothing. */
type Item = { label: string; run: () => void; needs?: Permission }

/** Goes to any page or provider, and to the pages where things are done, from the keyboard. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const router = useRouter()
  const live = useLive()
  const { zone, toggleZone } = useZone()
  const { data: monitor } = useQuery(queries.monitor())
  const wanted = text.trim().toLowerCase()
  const go = (href: string) => () => router.push(href)
  const matching = (items: Item[]) => items.filter(({ label }) => label.toLowerCase().includes(wanted))

  const pages = matching(PAGES.map(({ href, label }) => ({ label, run: go(href) })))
  const actions = matching([
    { label: 'Force open, release or reset a circuit…', needs: 'circuits.command', run: go('/circuits') },
    { label: 'Compare providers and models…', run: go('/compare') },
    { label: 'Choose a time range…', run: () => openOverlay('range') },
    { label: 'Simulate a request…', run: go('/routing?tab=simulator#decisions') },
    { label: 'Add a provider…', needs: 'providers.write', run: go('/settings/providers/new') },
    { label: 'Add a route…', needs: 'routes.write', run: go('/settings/routes/new') },
    { label: 'Create a gateway key…', needs: 'client-keys.write', run: go('/settings/gateway-keys') },
    { label: 'Create an API key…', needs: 'api-keys.manage', run: go('/settings/api-keys') },
    { label: 'Add or change a user…', needs: 'users.manage', run: go('/settings/users') },
    { label: 'Change your password or second factor…', needs: 'profile.manage', run: go('/profile') },
    { label: 'Back up or export data…', run: go('/settings/data') },
    { label: 'Change thresholds…', needs: 'settings.write', run: go('/settings') },
    {
      label: live.isPaused ? 'Go on with live updates' : 'Pause live updates',
      run: () => setPaused(!live.isPaused),
    },
    { label: zone === 'UTC' ? 'Show times in local time' : 'Show times in UTC', run: toggleZone },
  ])
  const { data: routes = [] } = useQuery(routingQueries.routes())
  const routeItems = matching(
    routes.map(({ name }) => ({ label: name, run: go(`/settings/routes/${encodeURIComponent(name)}`) })),
  )
  const found = searchRows(monitor?.providers ?? [], wanted)
  const act = (run: () => void) => () => {
    onClose()
    run()
  }

  return (
    <Overlay label="Palette" onClose={onClose}>
      <Command shouldFilter={false} loop className={styles.palette}>
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="Go to a page, provider or route"
          aria-label="Go to"
          autoFocus
        />
        <Command.List>
          <Command.Empty>Nothing is called “{text}”.</Command.Empty>
          <Items heading="Pages" items={pages} act={act} />
          {found.length > 0 && (
            <Command.Group
              heading={
                found.length > MOST_PROVIDERS
                  ? `Providers, ${MOST_PROVIDERS} of ${found.length}`
                  : 'Providers'
              }
            >
              {found.slice(0, MOST_PROVIDERS).map(({ id, name, status }) => (
                <Command.Item
                  key={id}
                  value={`provider ${id}`}
                  onSelect={act(go(`/providers/${encodeURIComponent(id)}`))}
                >
                  <StatusIcon state={status} />
                  {name}
                  {name !== id && <span className={styles.id}>{id}</span>}
                </Command.Item>
              ))}
            </Command.Group>
          )}
          <Items heading="Routes" items={routeItems.slice(0, MOST_ROUTES)} act={act} />
          <Items heading="Actions" items={actions} act={act} />
        </Command.List>
      </Command>
    </Overlay>
  )
}

function Items({
  heading,
  items,
  act,
}: {
  heading: string
  items: Item[]
  act: (run: () => void) => () => void
}) {
  if (items.length === 0) return null
  return (
    <Command.Group heading={heading}>
      {items.map((item) => (
        <PaletteItem key={item.label} heading={heading} item={item} act={act} />
      ))}
    </Command.Group>
  )
}

type PaletteItemProps = { heading: string; item: Item; act: (run: () => void) => () => void }

function PaletteItem({ heading, item: { label, run, needs }, act }: PaletteItemProps) {
  const role = useRoleLacking(needs)
  return (
    <Command.Item
      value={`${heading} ${label}`}
      // Disabled, the arrow keys would pass it by, and nobody would hear why.
      data-off={role !== null || undefined}
      onSelect={role === null ? act(run) : () => undefined}
    >
      {label}
      {role !== null && <span className={styles.reason}>{refusalWords(role)}</span>}
    </Command.Item>
  )
}
