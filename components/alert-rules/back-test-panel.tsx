'use client'

import type { UseFormReturn } from 'react-hook-form'
import { RangeChoice } from '#components/threshold-preview/range-choice.tsx'
import { Button } from '#components/ui/button.tsx'
import { PanelState } from '#components/ui/panel-state.tsx'
import { Panel } from '#components/ui/panel.tsx'
import { failureFacts } from '#lib/client/request-error.ts'
import { BACK_TEST_DAYS, backTestCondition, refusalWords } from '#lib/view/back-test-view.ts'
import { THIN } from '#lib/view/format.ts'
import type { RuleForm } from '#lib/view/rule-form.ts'
import { BackTestOutcome } from './back-test-outcome.tsx'
import styles from './back-test-panel.module.css'
import { useBackTest } from './use-back-test.ts'

type Props = { form: UseFormReturn<RuleForm>; values: RuleForm }

/** When the rule as it stands in the form would have fired, asked for by a button. */
export function BackTestPanel({ form, values }: Props) {
  const { days, setDays, answer, isPending, error, start } = useBackTest(form)
  const condition = backTestCondition({
    answer,
    asked: { form: values, days },
    isPending,
    error: failureFacts(error),
  })
  return (
    <Panel title="Back-test" meta="of the rule as it stands here">
      <div className={styles.bar}>
        <RangeChoice
          ranges={BACK_TEST_DAYS}
          wordsOf={(each) => `${each}${THIN}d`}
          value={days}
          onValueChange={setDays}
        />
        <Button
          size="small"
          pending={isPending}
          pendingLabel="Trying…"
          // The field that is left would complain in between, and push the button away from under the pointer.
          onMouseDown={(press) => press.preventDefault()}
          onClick={start}
        >
          Try it
        </Button>
      </div>
      <div aria-live="polite">
        <PanelState condition={condition} minHeight={96}>
          {answer !== null && refusalWords(answer) === null && <BackTestOutcome answer={answer} />}
        </PanelState>
      </div>
    </Panel>
  )
}
