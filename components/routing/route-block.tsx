'use client'

import Link from 'next/link'
import { useId, useState } from 'react'
import { Pill } from '#components/ui/pill.tsx'
import { StatusIcon } from '#components/ui/status-icon.tsx'
import type { RouteView } from '#lib/view/routing-view.ts'
import { MemberRow } from './member-row.tsx'
import styles from './route-block.module.css'
import { VariantTable } from './variant-table.tsx'

/** Members drawn before "show all" is asked for. */
const FIRST_MEMBERS = 8
const FIRST_MODELS = 6

const TONES = { none: 'bad', last: 'warning', alone: 'plain', spare: 'plain' } as const

/** One route: whether somebody can take its requests, how it chooses, and what each member had of it. */
export function RouteBlock({ view }: { view: RouteView }) {
  const titleId = useId()
  const [isWhole, setWhole] = useState(false)
  const members = isWhole ? view.members : view.members.slice(0, FIRST_MEMBERS)
  return (
    <section className={styles.route} aria-labelledby={titleId} data-reserve={view.reserve}>
      <header className={styles.head}>
        <h3 id={titleId} className={styles.name}>
          <StatusIcon state={view.icon} />
          <Link href={`/settings/routes/${encodeURIComponent(view.name)}`} data-row-link prefetch={false}>
            {view.name}
          </Link>
          {view.reserve === 'spare' ? (
            <span className={styles.eligible}>{view.eligible}</span>
          ) : (
            <Pill tone={TONES[view.reserve]}>{view.eligible}</Pill>
          )}
        </h3>
        <p className={styles.facts}>
          <b>{view.strategy.label}</b> {view.strategy.words}
          <span className={styles.requests}>{view.requests}</span>
        </p>
        <Models models={view.models} />
      </header>
      <table className={styles.table}>
        <caption className="visually-hidden">Members of {view.name}</caption>
        <thead>
          <tr>
            <th scope="col">Member</th>
            <th scope="col">May take requests</th>
            <th scope="col">Share</th>
            <th scope="col">Last hour</th>
            <th scope="col">1 h ago</th>
            <th scope="col">Configured</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <MemberRow key={member.providerId} member={member} />
          ))}
        </tbody>
      </table>
      {members.length < view.members.length && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show all {view.members.length} members
        </button>
      )}
      {view.variants.length > 0 && <VariantTable route={view.name} variants={view.variants} />}
    </section>
  )
}

function Models({ models }: { models: readonly string[] }) {
  if (models.length === 0) return <p className={styles.models}>only as route:NAME</p>
  const shown = models.slice(0, FIRST_MODELS)
  return (
    <p className={styles.models} title={models.join(', ')}>
      {shown.map((model) => (
        <code key={model}>{model}</code>
      ))}
      {models.length > shown.length && <span>and {models.length - shown.length} more</span>}
    </p>
  )
}
