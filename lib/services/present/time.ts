/** A time as the wire writes it. */
export const iso = (at: number) => new Date(at).toISOString()

/** A time as the wire writes it, or null. */
export const isoOrNull = (at: number | null) => (at === null ? null : iso(at))
