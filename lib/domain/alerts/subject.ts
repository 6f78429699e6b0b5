import type { Subject } from './notification.ts'

/** The subject as a key: the same for the same subject, different for any two, whatever their ids contain. */
export function subjectKeyOf(subject: Subject): string {
  if (subject.type === 'monitor') return 'monitor'
  if (subject.type !== 'circuit' || subject.model === null) return `${subject.type}:${escaped(subject.id)}`
  return `circuit:${escaped(subject.id)}/${escaped(subject.model)}`
}

/** The subject in words, as titles and sentences name it. */
export function subjectText(subject: Subject): string {
  if (subject.type === 'monitor') return 'Switchyard itself'
  if (subject.type === 'route') return `route ${subject.name}`
  if (subject.type === 'circuit' && subject.model !== null) return `${subject.name}, model ${subject.model}`
  return subject.name
}

// A slash of an id must not look like the one before a model.
const escaped = (id: string): string => id.replaceAll('%', '%25').replaceAll('/', '%2F')
