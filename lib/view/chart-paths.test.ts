import { expect, it } from 'vitest'
import { bandPath, boxesPath, linePath } from './chart-paths.ts'

it('draws a line through its places and breaks it at a gap', () => {
  const path = linePath([[0, 1], [2, 3], null, [4, 5.04], [6, 7.06]])
  expect(path).toBe('M0,1L2,3M4,5L6,7.1')
})

it('draws nothing for a place between two gaps', () => {
  expect(linePath([[0, 1], null, [2, 3], [4, 5], null, [6, 7]])).toBe('M2,3L4,5')
  expect(linePath([])).toBe('')
})

it('draws a band along its upper edge and back along the lower', () => {
  expect(bandPath([[0, 9, 1], [2, 8, 3], null, [4, 7, 5], [6, 7, 6]])).toBe(
    'M0,1L2,3L2,8L0,9ZM4,5L6,6L6,7L4,7Z',
  )
})

it('draws boxes', () => {
  const boxes = [
    { x: 1, y: 2, width: 3, height: 4 },
    { x: 5.55, y: 0, width: 1.04, height: 9 },
  ]
  expect(boxesPath(boxes)).toBe('M1,2h3v4h-3ZM5.6,0h1v9h-1Z')
})
