import type { FleetEventRecord } from '#lib/contract/circuit.ts'
import type { HistoryReader, Range } from '#lib/services/ports.ts'
import { concernsFleet } from '#lib/domain/audit.ts'
import type { Decision } from '#lib/domain/routing/decision.ts'
import { presentCheck } from '#lib/services/present/check.ts'
import { chosenProvider, presentDecision } from '#lib/services/present/decision.ts'
import {
  presentAction,
  presentCircuitEvent,
  presentMarker,
  presentTransition,
} from '#lib/services/present/event.ts'
import { iso } from '#lib/services/present/time.ts'
import type { CheckRecord, TransitionEntry } from '#lib/services/records.ts'
import { stretchAt } from '#lib/domain/history-tiers.ts'
import { addAlike, addTally, newTally, type Tally } from '#lib/domain/tally.ts'
import { entryOfRow } from '../storage/audit-chain.ts'
import { bucketOf } from '../storage/bucket.ts'
import type { Position } from '#lib/contract/cursor.ts'
import { pageOfRows, readNumberCursor, readTextCursor } from '../storage/cursor.ts'
import { isAbout, storyOf } from './memory-alerting.ts'
import { isAskedFor } from './memory-audit.ts'
import type { MemoryTables } from './memory-tables.ts'

const isWithin = ({ from, to }: Range, at: number) => at >= from && at < to

/** Newest first; among rows of one time the later id first. */
const newestFirst = <Row extends Position<string | number>>(rows: Row[]) =>
  rows.toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))

const isBehind = <Id extends string | number>(after: Position<Id> | null, { at, id }: Position<Id>) =>
  after === null || at < after.at || (at === after.at && id < after.id)

const itself = <Row>(row: Row) => row

/** Whether what is of `providerId` is asked for; null: it concerns the whole fleet. */
const isOf = (providerId: string | null, asked: { providerId: string | null; fleetWide?: boolean }) =>
  asked.providerId === null ||
  providerId === asked.providerId ||
  (providerId === null && asked.fleetWide === true)

type Questions = Omit<HistoryReader, 'close'>

/** The port's questions, answered without a wait. */
export type AnswersAtOnce = {
  [Ask in keyof Questions]: (...args: Parameters<Questions[Ask]>) => Awaited<ReturnType<Questions[Ask]>>
}

/** Answers the port's questions from tables in memory. */
export function memoryReader(tables: MemoryTables): AnswersAtOnce {
  function eventsOf(kinds: readonly FleetEventRecord['kind'][]) {
    const ofFleet = tables.audit.map(entryOfRow).filter(concernsFleet)
    const actions = new Map(ofFleet.map((entry) => [entry.id, entry]))
    const events = [
      ...[...tables.transitions.values()].map((entry) => presentTransition(entry, true)),
      ...[...tables.events.values()].map((entry) => presentCircuitEvent(entry, true)),
      // On the wire an action names no model, but it is found by the one it was about.
      ...[...actions.values()].map((action) => presentAction(action, true)),
      ...[...tables.markers.values()].map((marker) => presentMarker(marker, true)),
    ]
    const modelOf = (event: FleetEventRecord) =>
      event.kind === 'action' ? (actions.get(event.id)?.model ?? null) : event.model
    return events
      .filter(({ kind }) => kinds.includes(kind))
      .map((event) => ({ at: Date.parse(event.at), id: event.id, model: modelOf(event), event }))
  }

  const checksOf = (query: Range & { providerId: string }, from: Iterable<[number, CheckRecord]>) =>
    [...from]
      .map(([id, check]) => ({ id, at: check.at, check }))
      .filter(({ at, check }) => check.providerId === query.providerId && isWithin(query, at))

  return {
    checks: (query) => {
      const after = readNumberCursor(query.cursor)
      const rows = checksOf(query, [...tables.checks, ...tables.keptFailures])
        .filter(({ check }) => query.class === null || check.class === query.class)
        .filter(({ check }) => query.source === null || check.source === query.source)
        .filter((row) => isBehind(after, row))
      return pageOfRows(newestFirst(rows), query, {
        show: ({ id, check }) => ({ ...presentCheck(check), id: String(id) }),
        position: itself,
      })
    },

    history: ({ resolutionMs, slowMs, source, model, ...query }) => {
      const whole = {
        ...query,
        from: stretchAt(query.from, resolutionMs),
        to: -stretchAt(-query.to, resolutionMs),
      }
      const tallies = new Map<number, Tally>()
      const tallyAt = (at: number) => {
        const bucket = stretchAt(at, resolutionMs)
        const tally = tallies.get(bucket) ?? newTally()
        tallies.set(bucket, tally)
        return tally
      }
      const isAsked = (row: Pick<CheckRecord, 'source' | 'model'>) =>
        (source === null || row.source === source) && (model === null || row.model === model)
      for (const rollup of tables.rollups.values()) {
        const { providerId, at } = rollup
        if (providerId === query.providerId && isWithin(whole, at) && isAsked(rollup))
          addTally(tallyAt(at), rollup.tally)
      }
      for (const { check } of checksOf(whole, tables.checks)) {
        if (check.class !== null && isAsked(check))
          addAlike(tallyAt(check.at), { ...check, class: check.class }, slowMs)
      }
      return {
        from: iso(query.from),
        to: iso(query.to),
        resolutionMs,
        source,
        buckets: [...tallies].toSorted(([a], [b]) => a - b).map(([at, tally]) => bucketOf(at, tally)),
      }
    },

    events: (query) => {
      const after = readTextCursor(query.cursor)
      const rows = eventsOf(query.kinds)
        .filter(({ at }) => isWithin(query, at))
        .filter(({ event }) => isOf(event.providerId, query))
        .filter(({ model }) => query.model === undefined || model === query.model)
        .filter((row) => isBehind(after, row))
      return pageOfRows(newestFirst(rows), query, { show: ({ event }) => event, position: itself })
    },

    stateBefore: ({ providerId, at }) => {
      const entries = [...tables.transitions.values()]
        .filter(
          (entry) => entry.transition.at <= at && (providerId === null || entry.providerId === providerId),
        )
        .toSorted((a, b) => a.transition.at - b.transition.at || (a.id < b.id ? -1 : 1))
      const last = new Map(entries.map((entry) => [keyOf(entry), entry]))
      return [...last]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([, entry]) => presentTransition(entry, true))
    },

    settingsVersions: (page) => {
      const after = readNumberCursor(page.cursor)
      const rows = [...tables.settings.values()]
        .filter(({ version }) => after === null || version < after.id)
        .toSorted((a, b) => b.version - a.version)
      return pageOfRows(rows, page, { show: itself, position: ({ at, version }) => ({ at, id: version }) })
    },

    settingsVersion: (version) => tables.settings.get(version) ?? null,

    audit: (query) => {
      const after = readNumberCursor(query.cursor)
      const rows = tables.audit
        .map(entryOfRow)
        .filter((entry) => isWithin(query, entry.at) && (after === null || entry.number < after.id))
        .filter((entry) => isAskedFor(entry, query))
        .toReversed()
      return pageOfRows(rows, query, { show: itself, position: ({ at, number }) => ({ at, id: number }) })
    },

    decisions: (query) => {
      const after = readTextCursor(query.cursor)
      const rows = [...tables.decisions.values()]
        .filter(({ decision }) => query.route === null || decision.route === query.route)
        .filter(({ decision }) => query.providerId === null || involves(decision, query.providerId))
        .filter(({ failed }) => query.failed === null || failed === query.failed)
        .map(({ decision }) => decision)
        .filter((decision) => isBehind(after, decision))
      return pageOfRows(newestFirst(rows), query, {
        show: (decision) => presentDecision(decision),
        position: itself,
      })
    },

    decision: (id) => {
      const decisions = [...tables.decisions.values()].map(({ decision }) => decision)
      const found =
        tables.decisions.get(id)?.decision ??
        newestFirst(decisions.filter(({ requestId }) => requestId === id))[0]
      return found === undefined ? null : presentDecision(found)
    },

    incidents: (query) => {
      const after = readTextCursor(query.cursor)
      const rows = [...tables.alerting.incidents.values()]
        .map((incident) => ({ id: incident.id, at: incident.startedAt, incident }))
        .filter(({ at }) => isWithin(query, at))
        .filter(
          ({ incident }) =>
            query.state === null || (incident.resolvedAt === null) === (query.state === 'open'),
        )
        .filter(({ incident }) => query.providerId === null || isAbout(incident, query.providerId))
        .filter((row) => isBehind(after, row))
      return pageOfRows(newestFirst(rows), query, { show: ({ incident }) => incident, position: itself })
    },

    incident: (id) => storyOf(tables.alerting, id),

    deliveries: (query) => {
      const after = readTextCursor(query.cursor)
      const rows = [...tables.alerting.deliveries.values()]
        .map((delivery) => ({ id: delivery.id, at: delivery.createdAt, delivery }))
        .filter(({ delivery }) => delivery.state === query.state)
        .filter(({ delivery }) => query.channelId === null || delivery.channelId === query.channelId)
        .filter((row) => isBehind(after, row))
      return pageOfRows(newestFirst(rows), query, { show: ({ delivery }) => delivery, position: itself })
    },

    delivery: (id) => tables.alerting.deliveries.get(id) ?? null,

    openingsSince: (since) => {
      const opened = [...tables.transitions.values()].filter(
        ({ transition }) => transition.at >= since && transition.to === 'open' && transition.from !== 'open',
      )
      return Object.fromEntries(
        [...Map.groupBy(opened, keyOf)].map(([key, entries]) => [key, entries.length]),
      )
    },

    checksSince: (since, afterId, limit) => {
      const rows = [...tables.checks]
        .filter(([id, { at }]) => id > afterId && at >= since)
        .toSorted(([a], [b]) => a - b)
        .slice(0, limit)
      return { rows: rows.map(([, check]) => check), lastId: rows.at(-1)?.[0] ?? afterId }
    },
  }
}

const involves = (decision: Decision, id: string) =>
  chosenProvider(decision) === id || decision.attempts.some(({ providerId }) => providerId === id)

const keyOf = ({ providerId, model }: TransitionEntry) =>
  model === null ? providerId : `${providerId}/${model}`
