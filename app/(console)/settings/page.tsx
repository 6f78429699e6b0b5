import { redirect } from 'next/navigation'

/** Settings begin with the providers. */
export default function SettingsPage(): never {
  redirect('/settings/providers')
}
