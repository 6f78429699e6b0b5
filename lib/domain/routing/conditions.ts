import { minuteOfDay } from './time-of-day.ts'
import type { RequestFacts } from './request-facts.ts'
import type { Condition, TextTest } from './route.ts'

// A long text could keep a careless expression busy for ever.
const MAX_MATCHED_LENGTH = 1_000

const compiled = new WeakMap<TextTest, RegExp>()

/** Whether a request is what a rule asks for, at `now`: all that the condition sets must hold. */
export function isMet(when: Condition, request: RequestFacts, now: number): boolean {
  return isMetByModel(when, request) && isMetByCaller(when, request) && isMetByTime(when.time, now)
}

function isMetByModel(when: Condition, { model, estimatedTokens, requestBytes }: RequestFacts): boolean {
  return (
    (when.model === undefined || when.model === model) &&
    (when.modelPrefix === undefined || model.startsWith(when.modelPrefix)) &&
    (when.minTokens === undefined || (estimatedTokens !== null && estimatedTokens >= when.minTokens)) &&
    (when.minRequestBytes === undefined || (requestBytes !== null && requestBytes >= when.minRequestBytes))
  )
}

function isMetByCaller(when: Condition, request: RequestFacts): boolean {
  return (
    (when.region === undefined || when.region.toLowerCase() === request.region?.toLowerCase()) &&
    (when.user === undefined || when.user === request.userId) &&
    (when.header === undefined ||
      isMetByText(when.header, request.headers, when.header.name.toLowerCase())) &&
    (when.metadata === undefined || isMetByText(when.metadata, request.metadata, when.metadata.key))
  )
}

function isMetByText(test: TextTest, texts: Readonly<Record<string, string>>, name: string): boolean {
  // Own names only: a header called `constructor` is not the one that every object inherits.
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined
  if (text === undefined) return false
  if ('equals' in test) return text === test.equals
  return text.length <= MAX_MATCHED_LENGTH && expressionOf(test).test(text)
}

function expressionOf(test: Extract<TextTest, { matches: string }>): RegExp {
  const known = compiled.get(test)
  if (known !== undefined) return known
  const expression = new RegExp(test.matches, 'u')
  compiled.set(test, expression)
  return expression
}

function isMetByTime(time: Condition['time'], now: number): boolean {
  if (time === undefined) return true
  const [from, to, minute] = [minuteOf(time.from), minuteOf(time.to), minuteOfDay(time.zone, now)]
  // From a time to the same time is the whole day.
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}

const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
