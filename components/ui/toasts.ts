import { Toast } from '@base-ui/react/toast'

/** The browser's one list of toasts: what an action's answer says after its dialog has closed. */
export const toasts = Toast.createToastManager()
