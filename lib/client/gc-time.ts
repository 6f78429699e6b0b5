import { environmentManager } from '@tanstack/react-query'

/**
 * How long the browser keeps what nobody looks at, ms. On the server for ever, which is until the page is rendered:
 * a timer there would hold the whole render for as long, with each view of the page.
 */
export const browserGcMs = (ms: number): number =>
  environmentManager.isServer() ? Number.POSITIVE_INFINITY : ms
