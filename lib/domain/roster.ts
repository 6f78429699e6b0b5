/** Who can be a member of one roster at a time. `seat` is the roster's; who makes a member begins it with -1. */
export type Seated = { seat: number }

/**
 * Those under way, in no order: they come and go by the thousand a second, and each knows its own seat, of which only the roster takes notice.
 *
 * A Set would do, but for V8's garbage collector. A set whose table has filled up moves to a new one, and the old table
 * points at the new: once one dead table has grown old, all after it are kept alive with everything they held, until
 * the old generation is swept.
 */
export class Roster<Member extends Seated> {
  readonly #members: Member[] = []

  get size(): number {
    return this.#members.length
  }

  /** Takes in somebody who is in no roster. */
  add(member: Member): void {
    member.seat = this.#members.length
    this.#members.push(member)
  }

  /** Lets somebody go; false where they are not in this roster. */
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
