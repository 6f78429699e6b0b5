import { mutationOptions, queryOptions } from '@tanstack/react-query'
import { type DemoLoad, demoLoadSchema, type SetDemoLoad } from '#lib/contract/demo-load.ts'
import { getJson, sendJson } from './api.ts'

const PATH = '/api/demo/load'
const KEY = ['demo-load']
const LIVE_MS = 2_000

/** The demo's traffic, kept up while it is on the screen. */
export const demoLoadQuery = () =>
  queryOptions({
    queryKey: KEY,
    queryFn: ({ signal }) => getJson(PATH, demoLoadSchema, signal),
    refetchInterval: LIVE_MS,
  })

/** Turns the demo's traffic up or down. */
export const setDemoLoadMutation = () =>
  mutationOptions({
    mutationKey: KEY,
    mutationFn: async (body: SetDemoLoad, { client }) => {
      const load = await sendJson('PUT', PATH, { body, schema: demoLoadSchema })
      client.setQueryData<DemoLoad>(KEY, load)
      return load
    },
  })
