/** How the period before is drawn: a thin dashed line in a colour of its own, without dots. */
export const GHOST = {
  stroke: 'var(--series-1)',
  strokeWidth: 1.2,
  strokeDasharray: '6 3',
  dot: false,
  activeDot: false,
} as const
