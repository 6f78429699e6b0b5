import { ownPath } from '#lib/domain/access/own-path.ts'
import { addressOf } from './base-path.ts'

/**
 * Leaves this page and loads one of our own anew, so that nothing that was known before stays; a path that could lead
 * elsewhere becomes the overview.
 */
export function loadPage(path: string): void {
  // eslint-disable-next-line no-restricted-syntax -- The one place that is led by what came in: it goes to our own paths only.
  window.location.replace(addressOf(ownPath(path)))
}
