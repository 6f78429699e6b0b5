import { z } from 'zod'
import { pageOf, reportOutcomesResultSchema, reportOutcomesSchema } from '#lib/contract/check.ts'
import {
  previewSettingsSchema,
  settingsPreviewSchema,
  settingsSuggestionSchema,
  suggestSettingsSchema,
} from '#lib/contract/preview.ts'
import { revertSettingsSchema, saveSettingsSchema, settingsVersionSchema } from '#lib/contract/settings.ts'
import { operation } from '../operation.ts'
import { pageShape } from './queries.ts'

export const readSettings = operation({
  method: 'GET',
  path: '/api/settings',
  access: 'console.read',
  tag: 'settings',
  summary: 'The thresholds in force.',
  answer: settingsVersionSchema,
})

export const saveSettings = operation({
  method: 'PUT',
  path: '/api/settings',
  access: 'settings.write',
  tag: 'settings',
  summary:
    'Puts new thresholds in force; refused when others did so in the meantime. What changes nothing makes no version.',
  body: saveSettingsSchema,
  answer: settingsVersionSchema,
  mayBePending: true,
  errors: ['conflict'],
})

export const readSettingsVersions = operation({
  method: 'GET',
  path: '/api/settings/versions',
  access: 'console.read',
  tag: 'settings',
  summary: 'Earlier thresholds, newest first.',
  query: z.object(pageShape),
  answer: pageOf(settingsVersionSchema),
})

export const revertSettings = operation({
  method: 'POST',
  path: '/api/settings/revert',
  access: 'settings.write',
  tag: 'settings',
  summary: 'Puts the thresholds of an earlier version in force again, as a new version.',
  body: revertSettingsSchema,
  answer: settingsVersionSchema,
  mayBePending: true,
  errors: ['conflict'],
})

export const previewSettings = operation({
  method: 'POST',
  path: '/api/settings/preview',
  access: 'console.read',
  tag: 'settings',
  summary:
    'What recorded outcomes would have come to under these thresholds, next to those in force; changes nothing. With `Accept: application/x-ndjson` line by line, with progress.',
  body: previewSettingsSchema,
  answer: settingsPreviewSchema,
})

export const suggestSettings = operation({
  method: 'POST',
  path: '/api/settings/suggest',
  access: 'console.read',
  tag: 'settings',
  summary:
    'Combinations of thresholds tried on recorded outcomes: what each lets through and refuses; changes nothing. With `Accept: application/x-ndjson` line by line, with progress.',
  body: suggestSettingsSchema,
  answer: settingsSuggestionSchema,
})

export const reportOutcomes = operation({
  method: 'POST',
  path: '/api/outcomes',
  access: 'outcomes.report',
  tag: 'outcomes',
  limit: null,
  summary: 'Outcomes of real traffic, reported by those who carry it; all or nothing.',
  body: reportOutcomesSchema,
  answer: reportOutcomesResultSchema,
  idempotent: true,
})
