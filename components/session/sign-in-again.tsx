'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { whoQuery } from '#lib/client/who-query.ts'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'

/** Signs in on the spot: by password and, where it is asked for, a code; or in another tab. */
export function SignInAgain() {
  const client = useQueryClient()
  const [needsCode, setNeedsCode] = useState(false)
  useEffect(() => {
    // Whoever comes back from another tab may have signed in there.
    const onFocus = () => void client.refetchQueries({ queryKey: whoQuery().queryKey })
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [client])
  return needsCode ? (
    <CodeForm onBack={() => setNeedsCode(false)} />
  ) : (
    <PasswordForm onCodeNeeded={() => setNeedsCode(true)} />
  )
}
