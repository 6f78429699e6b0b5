/** One line of metrics, taken apart. */
export type Series = { name: string; labels: Record<string, string>; value: number }

/** A family as it is written: its head, and the lines under it. */
export type WrittenFamily = { name: string; help: string; type: string; series: Series[] }

const HELP = /^# HELP ([a-zA-Z_:][\w:]*) (.+)$/
const TYPE = /^# TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram)$/
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/s
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)/y

/** Reads a document of metrics; throws on whatever the format does not allow where it stands. */
export function readMetricsDocument(text: string): WrittenFamily[] {
  if (!text.endsWith('\n')) throw new Error('The last line has no end.')
  const families: WrittenFamily[] = []
  for (const line of text.slice(0, -1).split('\n')) {
    const help = HELP.exec(line)
    if (help) families.push({ name: help[1]!, help: help[2]!, type: '', series: [] })
    else if (line !== '# EOF') takeLine(families.at(-1), line)
  }
  return families
}

function takeLine(family: WrittenFamily | undefined, line: string): void {
  if (family === undefined) throw new Error(`A line before any family: ${line}`)
  const type = TYPE.exec(line)
  if (type) {
    if (family.name !== type[1] || family.type !== '') throw new Error(`A type without its help: ${line}`)
    family.type = type[2]!
    return
  }
  const series = seriesOf(line)
  if (family.type === '' || !series.name.startsWith(family.name))
    throw new Error(`A line without its head: ${line}`)
  family.series.push(series)
}

function seriesOf(line: string): Series {
  const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? []
  if (name === '') throw new Error(`No series: ${line}`)
  return { name, labels: labelsOf(labels), value: value === '+Inf' ? Infinity : Number(value) }
}

function labelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {}
  LABEL.lastIndex = 0
  while (LABEL.lastIndex < text.length) {
    const [, name = '', value = ''] = LABEL.exec(text) ?? []
    if (name === '' || name in labels) throw new Error(`Labels that are none: ${text}`)
    labels[name] = value.replaceAll(/\\(["\\n])/g, (_all, one: string) => (one === 'n' ? '\n' : one))
  }
  return labels
}

/** A series by name and labels, in one text; an empty label is none. */
export const keyOf = ({ name, labels }: Pick<Series, 'name' | 'labels'>): string =>
  JSON.stringify([
    name,
    Object.entries(labels)
      .filter(([, value]) => value !== '')
      .toSorted(),
  ])
