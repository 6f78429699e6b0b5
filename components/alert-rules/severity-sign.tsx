import { Pill, type PillTone } from '#components/ui/pill.tsx'
import type { Severity } from '#lib/domain/alerts/incident.ts'
import { SEVERITY_WORDS } from '#lib/view/rule-words.ts'

const TONES: Record<Severity, PillTone> = { critical: 'bad', warning: 'warning', info: 'plain' }

/** How grave an alert is. */
export function SeveritySign({ severity }: { severity: Severity }) {
  return <Pill tone={TONES[severity]}>{SEVERITY_WORDS[severity].toLowerCase()}</Pill>
}
