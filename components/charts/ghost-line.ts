/** How the period before is drawn: a thin dashed line in a colour of its own. */
export const GHOST = { stroke: 'var(--series-1)', strokeWidth: 1.2, strokeDasharray: '6 3' } as const
