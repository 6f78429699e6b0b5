/** Degrees north and east. */
export type Coordinates = readonly [lat: number, lon: number]

/** Where well-known regions are, by their names in lower case. */
export const REGION_COORDINATES: ReadonlyMap<string, Coordinates> = new Map([
  ['us-east-1', [38.95, -77.45]],
  ['eu-west-1', [53.35, -6.26]],
])
