import { describe, expect, it } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'

describe('a cursor', () => {
  it.each([
    { at: 0, id: 'a' },
    { at: 1_764_000_000_000, id: 'u?>~' },
    { at: 7, id: 12 },
    { at: 7, id: -1 },
  ])('is read as it was written: $at, $id', (position) => {
    expect(readCursor(writeCursor(position))).toEqual(position)
  })

  it.each([
    '',
    'zzz',
    btoa('[]'),
    btoa('[1]'),
    btoa('[1,2,3]'),
    btoa('["1",2]'),
    btoa('[1,null]'),
    btoa('[9e99,"a"]'),
    btoa('[1.5,"a"]'),
    btoa('[1,9e99]'),
    btoa('[1,0.5]'),
    btoa('[1e999,1]'),
  ])('is none: %s', (text) => {
    expect(readCursor(text)).toBeNull()
  })
})
