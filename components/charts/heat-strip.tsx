'use client'

import { type KeyboardEvent, memo, type MouseEvent, useId, useState } from 'react'
import { boxesPath } from '#lib/view/chart-paths.ts'
import {
  HEAT_LEVELS,
  type HeatCell,
  type HeatLevel,
  type HeatRow,
  type HeatView,
} from '#lib/view/heat-view.ts'
import styles from './heat-strip.module.css'

type Props = {
  view: HeatView
  /** Goes to a stretch of time. */
  onOpen: (stretch: { from: number; to: number }) => void
}

/** How much of its row a cell takes: worse stands taller, so that it also reads without colour. */
const TALLNESS: Record<HeatLevel, number> = { all: 0.36, most: 0.52, some: 0.76, bad: 1, none: 0.12 }
const SOLID_LEVELS = HEAT_LEVELS.filter((level) => level !== 'some')
const ROW_HEIGHT = 16
/** The drawing's own width, whatever the screen's. */
const DRAWN_WIDTH = 10_000
/** What is left free on each side of a cell, as a share of its width. */
const GAP = 0.08
const HOURS = [0, 6, 12, 18, 24] as const

type Place = { day: number; at: number }

/** Days under each other, midnight to midnight UTC; arrow keys go through them, Enter opens the stretch. */
export const HeatStrip = memo(function HeatStrip({ view, onOpen }: Props) {
  const hatchId = useId()
  const [chosen, setChosen] = useState<Place | null>(null)
  const [hovered, setHovered] = useState<HeatCell | null>(null)
  const chosenRow = view.rows.findIndex(({ day }) => day === chosen?.day)
  const tabRow = chosenRow === -1 ? 0 : chosenRow
  const chosenCell = view.rows[chosenRow]?.cells.find(({ from }) => from === chosen?.at)

  const onKeyDown = (press: KeyboardEvent<HTMLElement>, rowIndex: number) => {
    if (press.key === 'Enter' && chosenCell) {
      onOpen(chosenCell)
      return
    }
    const target = stepTarget(press.key, view.rows, { row: rowIndex, at: chosen?.at ?? null })
    if (target === null) return
    press.preventDefault()
    setChosen(target)
    const rows =
      press.currentTarget.parentElement?.parentElement?.querySelectorAll<HTMLElement>('[role=slider]')
    rows?.[view.rows.findIndex(({ day }) => day === target.day)]?.focus()
  }

  return (
    <div
      className={styles.strip}
      onPointerLeave={() => setHovered(null)}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setChosen(null)
      }}
    >
      {view.rows.map((row, i) => (
        <div key={row.day} className={styles.row}>
          <span className={styles.day} aria-hidden="true" data-picture-text>
            {row.label}
          </span>
          <Day
            row={row}
            hatchId={hatchId}
            isTabStop={i === tabRow}
            chosen={chosenRow === i ? (chosenCell ?? null) : null}
            onKeyDown={(press) => onKeyDown(press, i)}
            onHover={setHovered}
            onOpen={onOpen}
          />
        </div>
      ))}
      <div className={styles.row} aria-hidden="true">
        <span />
        <div className={styles.hours}>
          {HOURS.map((hour) => (
            <span key={hour} style={{ left: `${(hour / 24) * 100}%` }} data-picture-text>
              {String(hour).padStart(2, '0')}:00
            </span>
          ))}
        </div>
      </div>
      <p className={styles.words} aria-hidden="true">
        {(hovered ?? chosenCell)?.label ??
          'Point at a stretch, or step through with the arrow keys; Enter opens it.'}
      </p>
    </div>
  )
})

type DayProps = {
  row: HeatRow
  hatchId: string
  isTabStop: boolean
  chosen: HeatCell | null
  onKeyDown: (press: KeyboardEvent<HTMLElement>) => void
  onHover: (cell: HeatCell | null) => void
  onOpen: (cell: HeatCell) => void
}

// As on the breaker's strip: one of many places along a line is what assistive technology calls a slider.
function Day({ row, hatchId, isTabStop, chosen, onKeyDown, onHover, onOpen }: DayProps) {
  const cellUnder = (event: MouseEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - left) / Math.max(1, width)
    return row.cells.find(({ x, width: wide }) => share >= x && share < x + wide) ?? null
  }
  const index = chosen === null ? row.cells.length : row.cells.indexOf(chosen) + 1
  return (
    <div
      className={styles.cells}
      role="slider"
      tabIndex={isTabStop ? 0 : -1}
      aria-label={row.summary}
      aria-valuemin={1}
      aria-valuemax={Math.max(1, row.cells.length)}
      aria-valuenow={Math.max(1, index)}
      aria-valuetext={chosen?.label ?? row.summary}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => onHover(cellUnder(event))}
      onClick={(event) => {
        const cell = cellUnder(event)
        if (cell) onOpen(cell)
      }}
    >
      <DayDrawing row={row} hatchId={`${hatchId}${row.day}`} />
      {chosen && (
        <i
          className={styles.cursor}
          style={{ left: `${chosen.x * 100}%`, width: `${chosen.width * 100}%` }}
          aria-hidden="true"
        />
      )}
    </div>
  )
}

/** A path for all cells of a level. Those that are hatched stand alone, since a stretched drawing would stretch the hatch. */
const DayDrawing = memo(function DayDrawing({ row, hatchId }: { row: HeatRow; hatchId: string }) {
  return (
    <svg width="100%" height={ROW_HEIGHT} aria-hidden="true" focusable="false">
      <defs>
        <pattern
          id={hatchId}
          width="4"
          height="4"
          patternTransform="rotate(45)"
          patternUnits="userSpaceOnUse"
        >
          <rect width="4" height="4" className={styles.hatchGround} />
          <rect width="2" height="4" className={styles.hatchLine} />
        </pattern>
      </defs>
      <svg
        width="100%"
        height={ROW_HEIGHT}
        viewBox={`0 0 ${DRAWN_WIDTH} ${ROW_HEIGHT}`}
        preserveAspectRatio="none"
      >
        {SOLID_LEVELS.map((level) => (
          <path key={level} className={styles.cell} data-level={level} d={levelPath(row.cells, level)} />
        ))}
      </svg>
      {row.cells
        .filter(({ level }) => level === 'some')
        .map(({ from, x, width }) => (
          <rect
            key={from}
            x={`${(x + width * GAP) * 100}%`}
            width={`${width * (1 - 2 * GAP) * 100}%`}
            y={ROW_HEIGHT * (1 - TALLNESS.some)}
            height={ROW_HEIGHT * TALLNESS.some}
            fill={`url(#${hatchId})`}
          />
        ))}
    </svg>
  )
})

const levelPath = (cells: readonly HeatCell[], level: HeatLevel) =>
  boxesPath(
    cells
      .filter((cell) => cell.level === level)
      .map(({ x, width }) => ({
        x: (x + width * GAP) * DRAWN_WIDTH,
        y: ROW_HEIGHT * (1 - TALLNESS[level]),
        width: width * (1 - 2 * GAP) * DRAWN_WIDTH,
        height: ROW_HEIGHT * TALLNESS[level],
      })),
  )

/** Where a key leads from a row and a time in it; the first press starts at the row's newest stretch. */
function stepTarget(
  key: string,
  rows: readonly HeatRow[],
  from: { row: number; at: number | null },
): Place | null {
  const row = rows[from.row]
  if (!row) return null
  const { cells, day } = row
  const index = cells.findIndex((cell) => cell.from === from.at)
  const at = (i: number): Place | null => {
    const cell = cells[Math.min(cells.length - 1, Math.max(0, i))]
    return cell ? { day, at: cell.from } : null
  }
  switch (key) {
    case 'ArrowLeft':
      return at(index === -1 ? cells.length - 1 : index - 1)
    case 'ArrowRight':
      return at(index === -1 ? cells.length - 1 : index + 1)
    case 'Home':
      return at(0)
    case 'End':
      return at(cells.length - 1)
    case 'ArrowUp':
      return sameTime(rows[from.row - 1], cells[index])
    case 'ArrowDown':
      return sameTime(rows[from.row + 1], cells[index])
    default:
      return null
  }
}

/** The cell of another day that stands in the same column, or its last. */
function sameTime(row: HeatRow | undefined, cell: HeatCell | undefined): Place | null {
  if (!row) return null
  const x = cell?.x ?? 1
  const target = row.cells.findLast((one) => one.x <= x + 1e-9) ?? row.cells[0]
  return target ? { day: row.day, at: target.from } : null
}
