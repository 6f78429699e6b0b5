/** The ways to tell somebody. Each has its settings in the contract and one file among the adapters. */
export const CHANNEL_KINDS = ['webhook', 'slack', 'pagerduty', 'alertmanager', 'email'] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** The forms that a webhook's body has by itself, and `custom`, which is written by whoever sets it up. */
export const WEBHOOK_FORMS = ['json', 'teams', 'discord', 'telegram', 'ntfy', 'custom'] as const
export type WebhookForm = (typeof WEBHOOK_FORMS)[number]

/** How a mail server is spoken to: TLS from the first byte, TLS before anything is said, or never. */
export const MAIL_TLS_MODES = ['implicit', 'starttls', 'none'] as const
export type MailTlsMode = (typeof MAIL_TLS_MODES)[number]
