'use client'

import { useQuery } from '@tanstack/react-query'
import { accessCondition } from '#components/access/access-condition.ts'
import { PageHeading } from '#components/settings/page-heading.tsx'
import { ReadingNotice } from '#components/settings/reading-notice.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { profileQueries } from '#lib/client/profile-queries.ts'
import { IdentityPanel } from './identity-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import styles from './profile-page.module.css'
import { SecondFactorPanel } from './second-factor-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'

/** Oneself: name, password, second factor, and the browsers one is signed in with. */
export function ProfilePage() {
  const self = useQuery(profileQueries.self())
  const account = self.data
  return (
    <>
      <PageHeading title="Profile">Who you are to this console, and how you prove it.</PageHeading>
      <div className={styles.stack}>
        {account === undefined ? (
          <Panel
            title="You"
            minHeight={220}
            condition={accessCondition(self, { permission: 'profile.manage' })}
          />
        ) : (
          <>
            <ReadingNotice what="Your account" reading={self} />
            <IdentityPanel account={account} />
            <PasswordPanel account={account} />
            <SecondFactorPanel account={account} />
            <SessionsPanel />
          </>
        )}
      </div>
    </>
  )
}
