import { nameList } from './name-list.ts'

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** What a cron expression of five fields means, for those that most people write: `every Sunday at 02:00`; null for others. */
export function cronWords(cron: string): string | null {
  const fields = fieldsOf(cron)
  if (fields === null || fields.month !== '*') return null
  const days = daysWords(fields.day, fields.weekday)
  const times = timesWords(fields.minute, fields.hour)
  if (days === null || times === null) return null
  return times.startsWith('every') && days === 'every day' ? times : `${days} ${times}`
}

function fieldsOf(cron: string) {
  const fields = cron.trim().split(/\s+/)
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields
  return fields.length === 5 ? { minute, hour, day, month, weekday } : null
}

function timesWords(minute: string, hour: string): string | null {
  const minutes = wholeNumber(minute, 59)
  const step = /^\*\/([1-9]\d?)$/.exec(minute)
  if (hour === '*' && step) return `every ${step[1] ?? ''} minutes`
  if (minutes === null) return null
  const at = String(minutes).padStart(2, '0')
  if (hour === '*') return `every hour at ${at} past`
  const hours = hour.split(',').map((one) => wholeNumber(one, 23))
  if (hours.includes(null)) return null
  return `at ${nameList(
    hours.map((one) => `${String(one).padStart(2, '0')}:${at}`),
    24,
  )}`
}

function daysWords(day: string, weekday: string): string | null {
  if (day === '*' && weekday === '*') return 'every day'
  if (weekday === '*') return monthDayWords(day)
  if (day !== '*') return null
  if (/^(1-5|mon-fri)$/i.test(weekday)) return 'Monday to Friday'
  const names = weekday.split(',').map(dayName)
  return names.includes(null) ? null : `every ${nameList(names as string[], 7)}`
}

function monthDayWords(day: string): string | null {
  const number = wholeNumber(day, 31)
  return number === null || number === 0 ? null : `on day ${number} of each month`
}

function dayName(text: string): string | null {
  const named = DAY_NAMES.indexOf(text.toLowerCase() as (typeof DAY_NAMES)[number])
  // In cron, 7 is Sunday too.
  const number = named === -1 ? wholeNumber(text, 7) : named
  return number === null ? null : (DAYS[number % 7] ?? null)
}

function wholeNumber(text: string, most: number): number | null {
  const number = Number(text)
  return /^\d{1,2}$/.test(text) && number <= most ? number : null
}
