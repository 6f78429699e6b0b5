/** Who can sit in one place at a time. Only `Seats` sets `seat`; whoever is made begins with -1. */
export type Seated = { seat: number }

/**
 * Those under way, in no order: they come and go by the thousand a second, and each knows where it sits.
 *
 * A Set would do, but for V8's garbage collector. A set whose table has filled up moves to a new one, and the old table
 * points at the new: once one dead table has grown old, all after it are kept alive with everything they held, until
 * the old generation is swept.
 */
export class Seats<Member extends Seated> {
  readonly #members: Member[] = []

  get size(): number {
    return this.#members.length
  }

  /** Takes in somebody who sits nowhere. */
  add(member: Member): void {
    member.seat = this.#members.length
    this.#members.push(member)
  }

  /** Lets somebody go; false where they do not sit here. */
  delete(member: Member): boolean {
    const { seat } = member
    if (this.#members[seat] !== member) return false
    const last = this.#members.pop()
    if (last !== undefined && last !== member) {
      this.#members[seat] = last
      last.seat = seat
    }
    return true
  }

  /** The members as they are now, whoever comes and goes meanwhile. */
  list(): readonly Member[] {
    return [...this.#members]
  }

  /** The members, of whom none may come or go meanwhile. */
  [Symbol.iterator](): Iterator<Member> {
    return this.#members.values()
  }
}
