import type { IncidentRow } from '#lib/contract/incident-row.ts'
import { SEVERITY_WORDS } from '#lib/view/incident-view.ts'

const isPossible = () => 'Notification' in globalThis

/** Asks the user whether this browser may notify them: only on a press, as browsers want it. Whether it may. */
export async function askToNotify(): Promise<boolean> {
  if (!isPossible()) return false
  return (await Notification.requestPermission()) === 'granted'
}

/** Notifies of an incident, once however many tabs are open; `open` is called on a press. Nothing where it may not. */
export function notifyOf(
  { id, title, severity }: Pick<IncidentRow, 'id' | 'title' | 'severity'>,
  open: () => void,
): void {
  if (!isPossible() || Notification.permission !== 'granted') return
  try {
    const shown = new Notification(title, { body: `${SEVERITY_WORDS[severity]} incident`, tag: id })
    shown.addEventListener('click', () => {
      window.focus()
      open()
    })
  } catch {
    // Some phones let only a service worker notify.
  }
}
