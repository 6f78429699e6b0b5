/** Licences that ask for no more than their own text, or for the changed source of their own files. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'OFL-1.1',
  'Unlicense',
])

/** A package that is allowed although its licence is not, or is not told, and why. */
export type Exception = { name: RegExp; license: string | null; why: string }

/** Each is looked at by a person; a new licence of the same package is looked at anew. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    name: /^@img\/sharp-(libvips|win32|wasm32)/,
    license: 'LGPL-3.0-or-later',
    why: 'It is libvips, unchanged and as a library of its own that can be replaced; it comes with Next’s image optimiser, which is not used.',
  },
  {
    name: /^elkjs$/,
    license: 'EPL-2.0',
    why: 'It is unchanged, and comes with Prisma’s Studio, which is neither started nor sent to browsers.',
  },
]

type Licensed = { name: string; license: string | null }

/** The exceptions that a package is allowed by; none for an ordinary one. */
export const exceptionsFor = ({ name, license }: Licensed): Exception[] =>
  EXCEPTIONS.filter((one) => one.name.test(name) && alternatives(license).flat().includes(one.license))

/** Whether a package may be part of the product. */
export function isAllowed(licensed: Licensed): boolean {
  const excepted = exceptionsFor(licensed).map(({ license }) => license)
  return alternatives(licensed.license).some((all) =>
    all.every((one) => (one !== null && ALLOWED.has(one)) || excepted.includes(one)),
  )
}

/**
 * An expression of SPDX (annex D) as a choice of licences that hold together. What has brackets inside is not taken
 * apart, and so never allowed by mistake.
 */
function alternatives(license: string | null): (string | null)[][] {
  if (license === null) return [[null]]
  const bare = /^\(([^()]*)\)$/.exec(license)?.[1] ?? license
  if (/[()]/.test(bare)) return [[bare]]
  return bare.split(/\s+or\s+/i).map((part) => part.split(/\s+and\s+/i))
}
