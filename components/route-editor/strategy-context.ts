'use client'

import { createContext, useContext } from 'react'

/** A member of the route being edited, as its strategy's fields offer it. */
export type MemberOption = { id: string; name: string }

type StrategySurroundings = {
  members: readonly MemberOption[]
  /** What is wrong at a path of the form, or anywhere below it; undefined for nothing. */
  errorAt: (path: string) => string | undefined
}

/** What the fields of a strategy, however deep it nests, need of the route around them. */
export const StrategyContext = createContext<StrategySurroundings>({ members: [], errorAt: () => undefined })

/** The route around a strategy's fields. */
export const useStrategySurroundings = (): StrategySurroundings => useContext(StrategyContext)
