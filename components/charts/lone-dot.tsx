import type { DotItemDotProps } from 'recharts'

type Lone = 'alone' | 'aloneSure'

/** A dot for a value between two gaps, which no line can show; nothing for the others. */
export const loneDot = (flag: Lone, radius = 2) =>
  function LoneDot({ cx, cy, payload, stroke, index }: DotItemDotProps) {
    // The rows are ours, recharts only hands them back.
    const row = payload as Partial<Record<Lone, boolean>>
    if (row[flag] !== true || cx === undefined || cy === undefined) return null
    return <circle key={index} cx={cx} cy={cy} r={radius} fill={stroke} />
  }
