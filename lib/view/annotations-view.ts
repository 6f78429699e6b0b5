import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import { eventWords } from './event-words.ts'
import { needsDay, plural } from './format.ts'
import { momentWords, type Zone } from './zoned-time.ts'

/** What a glyph stands for: a change to a worse or a better state, an operator's doing, settings, cooling, or a marker. */
export type AnnotationKind =
  'opened' | 'half_opened' | 'closed' | 'override' | 'settings' | 'cooling' | 'marker'

export type Annotation = {
  id: string
  at: number
  x: number
  kind: AnnotationKind
  /** With its time; `words` is without. */
  text: string
  words: string
  model: string | null
}

/** Annotations too close to be drawn apart; `x` is the share of the range, `kind` the gravest's. */
export type AnnotationCluster = {
  id: string
  x: number
  /** So near the right end that the count stands before the glyph. */
  atEdge: boolean
  kind: AnnotationKind
  count: number
  title: string
  annotations: readonly Annotation[]
}

export type AnnotationsView = {
  clusters: readonly AnnotationCluster[]
  /** All of them as text, newest first. */
  list: readonly Annotation[]
  summary: string
}

export type AnnotationsInput = {
  from: number
  to: number
  now: number
  zone: Zone
  events: readonly FleetEventRecord[]
  /** How much of the range, 0..1, one glyph takes. */
  glyphShare: number
  /** What a provider is called, where the events are of several. */
  nameOf?: (providerId: string) => string
}

const GRAVEST_FIRST: readonly AnnotationKind[] = [
  'opened',
  'override',
  'marker',
  'half_opened',
  'cooling',
  'settings',
  'closed',
]

/** What happened, in a row of glyphs for the charts and as a list of texts. */
export function annotationsView(input: AnnotationsInput): AnnotationsView {
  const { from, to, now, zone } = input
  const annotations = input.events
    .map((event): Annotation => {
      const at = Date.parse(event.at)
      const words = [...subjectOf(event, input.nameOf), eventWords(event)].join(' ')
      return {
        id: event.id,
        at,
        x: (at - from) / Math.max(1, to - from),
        kind: annotationKind(event),
        text: `${momentWords(at, zone, needsDay(from, now))} ${words}`,
        words,
        model: event.model,
      }
    })
    .filter(({ at }) => at >= from && at <= to)
    .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  return {
    clusters: clustersOf(annotations, input.glyphShare),
    list: annotations.toReversed(),
    summary:
      annotations.length === 0
        ? 'Nothing happened in this range.'
        : `${plural(annotations.length, 'happening')} in this range.`,
  }
}

function subjectOf(
  { kind, providerId, model }: FleetEventRecord,
  nameOf: AnnotationsInput['nameOf'],
): string[] {
  // An action's words name what it was done to.
  const isNamed = nameOf !== undefined && providerId !== null && kind !== 'action'
  return [...(isNamed ? [nameOf(providerId)] : []), ...(model === null ? [] : [model])]
}

/** Which glyph an event has. */
export function annotationKind(event: FleetEventRecord): AnnotationKind {
  switch (event.kind) {
    case 'transition':
      return ({ open: 'opened', half_open: 'half_opened', closed: 'closed' } as const)[event.to]
    case 'override':
      return 'override'
    case 'cooling':
      return 'cooling'
    case 'action':
      return 'settings'
    case 'marker':
      return 'marker'
  }
}

/** Whether what is drawn to the right of a glyph there would be cut. */
const isAtEdge = (x: number, glyphShare: number) => x > 1 - glyphShare

/** Joins each annotation to the cluster whose first one it would overlap, so that no cluster grows without end. */
function clustersOf(annotations: readonly Annotation[], glyphShare: number): AnnotationCluster[] {
  const groups: [Annotation, ...Annotation[]][] = []
  for (const annotation of annotations) {
    const group = groups.at(-1)
    // Where the count stands before its glyph, it stands beside the count of the one to the left.
    const room = isAtEdge(annotation.x, glyphShare) ? 2 * glyphShare : glyphShare
    if (group && annotation.x - group[0].x < room) group.push(annotation)
    else groups.push([annotation])
  }
  return groups.map((group) => {
    const [first] = group
    const kinds = new Set(group.map(({ kind }) => kind))
    return {
      id: first.id,
      // At its first, so that two clusters are never closer than a glyph.
      x: first.x,
      atEdge: isAtEdge(first.x, glyphShare),
      kind: GRAVEST_FIRST.find((kind) => kinds.has(kind)) ?? first.kind,
      count: group.length,
      title: group.map(({ text }) => text).join('\n'),
      annotations: group,
    }
  })
}
