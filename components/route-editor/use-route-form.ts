'use client'

import type { UseFormReturn } from 'react-hook-form'
import { judgeBy, useJudgedForm } from '#components/settings/use-judged-form.ts'
import { createRouteSchema } from '#lib/contract/route.ts'
import { createRouteInput, type RouteForm } from '#lib/view/route-form.ts'

/** Judges the form by the schema the server uses; a stored route too, whose name cannot change. */
const judge = judgeBy<RouteForm>(createRouteSchema, createRouteInput)

/** The state of a route's form. */
export const useRouteForm = (initial: RouteForm): UseFormReturn<RouteForm> => useJudgedForm(initial, judge)
