import { Seats, type Seated } from '#lib/domain/seats.ts'

/** Whatever has deadlines: looked at again and again until it is taken out. */
export type Swept = Seated & { sweep: (now: number) => void }

/** One look-out for the deadlines of every request, so that none needs a timer of its own. */
export class Sweep<T extends Swept> {
  private readonly all = new Seats<T>()

  add(swept: T): void {
    this.all.add(swept)
  }

  remove(swept: T): void {
    this.all.delete(swept)
  }

  /** Those that are under way. */
  members(): readonly T[] {
    return this.all.list()
  }

  get size(): number {
    return this.all.size
  }

  /** Looks at everything; to be called by a timer. */
  run(now: number): void {
    for (const swept of this.all.list()) swept.sweep(now)
  }
}
