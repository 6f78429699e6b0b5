import { describe, expect, it } from 'vitest'
import { greatCircleKm } from './great-circle.ts'
import { REGION_COORDINATES, type Coordinates } from './region-coordinates.ts'

const LONDON: Coordinates = [51.5074, -0.1278]
const PARIS: Coordinates = [48.8566, 2.3522]
const SYDNEY: Coordinates = [-33.8688, 151.2093]

describe('the great-circle distance', () => {
  it.each<[string, Coordinates, Coordinates, number, number]>([
    ['nothing to where one is', LONDON, LONDON, 0, 0],
    ['London to Paris', LONDON, PARIS, 344, 1],
    ['London to Sydney', LONDON, SYDNEY, 16_994, 10],
    ['a quarter of the way round', [0, 0], [90, 0], 10_007.5, 1],
    ['half of the way round', [0, 0], [0, 180], 20_015.1, 1],
    ['across the date line, the short way', [0, 179], [0, -179], 222.4, 0.1],
    ['across the pole, the short way', [89, 0], [89, 180], 222.4, 0.1],
  ])('is right for %s', (_what, from, to, km, within) => {
    expect(Math.abs(greatCircleKm(from, to) - km)).toBeLessThanOrEqual(within)
    expect(greatCircleKm(to, from)).toBeCloseTo(greatCircleKm(from, to), 9)
  })
})

describe('the regions that are known', () => {
  it('are on the globe, in lower case', () => {
    expect(REGION_COORDINATES.size).toBeGreaterThan(100)
    for (const [region, [lat, lon]] of REGION_COORDINATES) {
      expect(region).toMatch(/^[a-z0-9-]+$/)
      expect(Math.abs(lat)).toBeLessThan(70)
      expect(Math.abs(lon)).toBeLessThan(180)
    }
  })

  const km = (a: string, b: string) => greatCircleKm(REGION_COORDINATES.get(a)!, REGION_COORDINATES.get(b)!)

  it.each([
    ['the same city of three clouds', 'ap-northeast-1', 'japaneast', 0, 1],
    ['Ireland and London', 'eu-west-1', 'eu-west-2', 450, 480],
    ['Virginia and Oregon', 'us-east-1', 'us-west-2', 3_400, 3_700],
    ['Frankfurt and Singapore', 'eu-central-1', 'ap-southeast-1', 10_100, 10_400],
  ])('are as far apart as they should be: %s', (_what, a, b, least, most) => {
    expect(km(a, b)).toBeGreaterThanOrEqual(least)
    expect(km(a, b)).toBeLessThanOrEqual(most)
  })
})
