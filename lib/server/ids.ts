const TIME_LENGTH = 9
const COUNT_LENGTH = 3
const COUNTS = 36 ** COUNT_LENGTH

/**
 * Makes ids that are unique and sort by time: nine letters of the ms, three of a counter, and the start's own suffix.
 * Never goes back, also when `now` does.
 */
export function createIds(now: () => number, suffix: string): () => string {
  let at = 0
  let count = 0
  return () => {
    const time = Math.floor(now())
    if (time > at) {
      at = time
      count = 0
    } else {
      count += 1
    }
    // More than 46,656 ids in one ms borrow from the next.
    if (count === COUNTS) {
      at += 1
      count = 0
    }
    return letters(at, TIME_LENGTH) + letters(count, COUNT_LENGTH) + suffix
  }
}

const letters = (value: number, length: number): string => value.toString(36).padStart(length, '0')
