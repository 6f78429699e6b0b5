import type { ComponentType } from 'react'
import type { ChannelKind } from '#lib/domain/alerts/channel.ts'
import { AlertmanagerSettings } from './alertmanager-settings.tsx'
import { EmailSettings } from './email-settings.tsx'
import { PagerdutySettings } from './pagerduty-settings.tsx'
import { WebhookSettings } from './webhook-settings.tsx'

const SETTINGS: Record<ChannelKind, ComponentType | null> = {
  webhook: WebhookSettings,
  slack: null,
  pagerduty: PagerdutySettings,
  alertmanager: AlertmanagerSettings,
  email: EmailSettings,
}

/** What can be set of a kind beside its secrets; nothing where there is nothing. */
export function KindSettings({ kind }: { kind: ChannelKind }) {
  const Settings = SETTINGS[kind]
  return Settings === null ? null : <Settings />
}
