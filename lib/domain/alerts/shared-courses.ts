import { stepCourse, type AlertRule, type Course, type CourseLook } from './course.ts'

/** So many ways to go on from one course are remembered; rules are mostly of a few kinds. */
const MOST_WAYS = 8

/** A way to go on from a course. */
type Way = { look: CourseLook; rule: AlertRule; to: Course }

/**
 * Steps courses, and has those that go on alike from the same be one: of whatever fails, all alerts begin, move and end
 * together. It remembers what it was asked of for as long as it lives, which is to be one tick.
 */
export class SharedCourses {
  readonly #ways = new Map<Course, Way[]>()

  /** As `stepCourse`. */
  readonly stepped = (course: Course, look: CourseLook, rule: AlertRule): Course => {
    const ways = this.#waysFrom(course)
    for (const way of ways) if (isAlike(way, look, rule)) return way.to
    const to = stepCourse(course, look, rule)
    if (ways.length < MOST_WAYS) ways.push({ look, rule, to })
    return to
  }

  #waysFrom(course: Course): Way[] {
    const known = this.#ways.get(course)
    if (known !== undefined) return known
    const ways: Way[] = []
    this.#ways.set(course, ways)
    return ways
  }
}

const isAlike = (way: Way, { verdict, at, roundMs }: CourseLook, rule: AlertRule): boolean =>
  way.look.verdict === verdict &&
  way.look.at === at &&
  way.look.roundMs === roundMs &&
  (way.rule === rule ||
    (way.rule.forMs === rule.forMs &&
      way.rule.keepFiringMs === rule.keepFiringMs &&
      way.rule.noData === rule.noData))
