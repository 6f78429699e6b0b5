import type { Settings } from '#lib/contract/settings.ts'

/** Whether two settings say the same, in whatever order they name it. */
export const sameSettings = (a: Settings, b: Settings): boolean => inOrder(a) === inOrder(b)

const inOrder = (settings: Settings) =>
  JSON.stringify(settings, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
