'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import type { Permission } from '#lib/domain/access/roles.ts'
import { Refused, useRefusal } from './refused.tsx'

export type GuardedLinkProps = ComponentProps<typeof Link> & {
  /** What its user must be allowed to: without it, it leads nowhere and says which role may. */
  needs?: Permission | undefined
}

/** A link to where something is done that not everybody may. */
export function GuardedLink({ needs, href, prefetch, ...rest }: GuardedLinkProps) {
  const refusal = useRefusal(needs)
  if (refusal === null) return <Link {...rest} href={href} prefetch={prefetch ?? null} />
  return (
    <Refused refusal={refusal}>
      <a
        {...rest}
        role="link"
        tabIndex={0}
        aria-disabled
        aria-describedby={refusal.id}
        data-disabled=""
        onClick={undefined}
      />
    </Refused>
  )
}
