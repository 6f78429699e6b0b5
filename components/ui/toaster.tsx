'use client'

import { Toast } from '@base-ui/react/toast'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { toasts } from './toasts.ts'
import styles from './toaster.module.css'

/** Where toasts appear; mounted once, by the shell. */
export function Toaster() {
  const [manager] = useState(() => Toast.createToastManager())
  // After the provider's own effect, which is what listens to the manager.
  useEffect(() => toasts.showWith((toast) => void manager.add(toast)), [manager])
  return (
    <Toast.Provider toastManager={manager} limit={3} timeout={6_000}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}

function ToastList() {
  const manager = Toast.useToastManager()
  return manager.toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      // It covers nothing and asks nothing: as a dialog it would hold up the keys that rest while one is open.
      role="group"
      aria-modal={undefined}
      className={styles.toast}
      swipeDirection={['right', 'up']}
    >
      <Toast.Content className={styles.content}>
        <div className={styles.words}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.description} />
        </div>
        <Toast.Action className={styles.action} />
        {/* Without a tooltip of ours: its code would come to every page with the toasts. */}
        <Toast.Close
          render={
            <Button
              variant="quiet"
              size="small"
              className={styles.close ?? ''}
              aria-label="Dismiss"
              title="Dismiss"
            />
          }
        >
          <svg
            width="10"
            height="10"
            viewBox="0 0 10 10"
            stroke="currentColor"
            strokeWidth="1.4"
            aria-hidden="true"
          >
            <path d="m1 1 8 8M9 1 1 9" />
          </svg>
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ))
}
