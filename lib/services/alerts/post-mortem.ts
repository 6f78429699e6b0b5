import type { IncidentDetail, TimelineEntry } from '#lib/contract/incident.ts'

/** The beginnings of a post-mortem in Markdown: what is known, in order, and headings for what only people know. */
export function postMortem(incident: IncidentDetail): string {
  const { title, startedAt, resolvedAt, severity, members, timeline, routes } = incident
  return [
    `# ${plain(title)}`,
    '',
    `- Severity: ${severity}`,
    `- Began: ${startedAt}`,
    `- Over: ${resolvedAt ?? 'not yet'}`,
    ...(resolvedAt === null ? [] : [`- Lasted: ${minutesBetween(startedAt, resolvedAt)} min`]),
    `- Acknowledged by: ${plain(incident.acknowledgement?.by ?? 'nobody')}`,
    '',
    '## Alerts',
    '',
    ...members.map(
      ({ ruleName, subject, sentence, since }) =>
        `- ${since} ${plain(ruleName)}, ${plain(subject.text)}: ${plain(sentence)}`,
    ),
    '',
    '## Routes that lead there',
    '',
    ...(routes.length === 0
      ? ['None.']
      : routes.map(
          ({ name, eligible, members: all }) =>
            `- ${plain(name)}: ${eligible} of ${all} members eligible now`,
        )),
    '',
    '## Timeline',
    '',
    ...timeline.map((entry) => `- ${entry.at} ${plain(lineOf(entry))}`),
    '',
    '## What was the cause?',
    '',
    '## What went well, what did not?',
    '',
    '## What will be done?',
    '',
  ].join('\n')
}

const minutesBetween = (from: string, to: string) =>
  Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / 60_000))

function lineOf(entry: TimelineEntry): string {
  if (entry.kind === 'delivery') {
    const { delivery } = entry
    const result = delivery.lastResult === null ? '' : `: ${delivery.lastResult.detail}`
    return `${delivery.notice} to ${delivery.channelName ?? delivery.channelId}, ${delivery.state}${result}`
  }
  return entry.actor === null ? entry.text : `${entry.actor}: ${entry.text}`
}

/** Text that stays text in Markdown. */
const plain = (text: string) => text.replaceAll(/[\\`*_[\]<>#|]/g, '\\$&').replaceAll(/\s+/g, ' ')
