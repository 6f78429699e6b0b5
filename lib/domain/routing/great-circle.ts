type Coordinates = readonly [lat: number, lon: number]

const EARTH_RADIUS_KM = 6_371.0088
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** The great-circle distance in km, by the haversine formula on a sphere of the earth's mean radius. */
export function greatCircleKm([latA, lonA]: Coordinates, [latB, lonB]: Coordinates): number {
  const halfLat = Math.sin(radians(latB - latA) / 2)
  const halfLon = Math.sin(radians(lonB - lonA) / 2)
  const haversine = halfLat ** 2 + Math.cos(radians(latA)) * Math.cos(radians(latB)) * halfLon ** 2
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)))
}
