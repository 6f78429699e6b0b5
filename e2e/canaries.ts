import { randomBytes } from 'node:crypto'

/** What every secret that is made here begins with: where this is not, none of them is. Whole groups of base64. */
export const MARK = 'canary'

const planted = new Map<string, string>()

/** A secret that nobody else has, made now, that no console may ever tell; `what` says in a failure which it was. */
export function plant(what: string): string {
  const text = MARK + randomBytes(20).toString('hex')
  planted.set(text, what)
  return text
}

/** Adds a secret that a page has made for somebody, and given to nobody else. */
export function alsoPlanted(text: string, what: string): string {
  planted.set(text, what)
  return text
}

/** Every secret planted so far, and what it is. */
export const plantedSecrets = (): ReadonlyMap<string, string> => planted
