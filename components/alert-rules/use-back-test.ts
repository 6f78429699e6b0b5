'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { UseFormReturn } from 'react-hook-form'
import { useFormSave } from '#components/settings/use-form-save.ts'
import { alertMutations } from '#lib/client/alert-mutations.ts'
import type { BackTestAnswer, BackTestDays } from '#lib/view/back-test-view.ts'
import { createRuleInput, type RuleForm } from '#lib/view/rule-form.ts'

/**
 * Tries the form's rule when asked to; what is wrong with it is said at its fields, as when it is saved. Who leaves the
 * form gives up what still runs.
 */
export function useBackTest(form: UseFormReturn<RuleForm>) {
  const [days, setDays] = useState<BackTestDays>(7)
  const [answer, setAnswer] = useState<BackTestAnswer | null>(null)
  const backTest = useMutation(alertMutations.backTestRule())
  const running = useRef<AbortController | null>(null)
  // The server stops when the request is gone: nobody is there any more to read what it finds.
  useEffect(() => () => running.current?.abort(), [])
  const trying = useFormSave<RuleForm, BackTestAnswer>(form, {
    send: async (values) => {
      // The form may go on changing while the answer is on its way.
      const asked = structuredClone(values)
      running.current = new AbortController()
      const { signal } = running.current
      const result = await backTest.mutateAsync({ rule: createRuleInput(asked), days, signal })
      return { result, form: asked, days }
    },
    inForce: null,
  })
  return {
    days,
    setDays,
    answer,
    isPending: trying.isPending,
    error: trying.error,
    start: () => trying.save(setAnswer),
  }
}
