'use client'

import { useRef, type ReactNode } from 'react'
import { useDraft } from '#lib/client/drafts.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { RequestNotice } from './request-notice.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode
  children?: ReactNode
  /** What the button does, as a verb with its object: "Force open". */
  action: string
  /** The same while the server has not confirmed: "Forcing open…". */
  pendingAction: string
  pending: boolean
  onAction: () => void
  danger?: boolean
  disabled?: boolean
  /** Why the server refused; null while it has not. */
  error?: unknown
  errorDetails?: readonly { path: string; message: string }[]
  size?: 'medium' | 'large'
}

/**
 * A dialog that changes something once its button is pressed: focus starts on Cancel, no key press alone does it,
 * and it waits for the server before it closes.
 */
export function ActionDialog(props: Props) {
  const { open, onOpenChange, title, description, children, action, pendingAction, pending, onAction } = props
  useDraft(open)
  const cancel = useRef<HTMLElement>(null)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      {...(description === undefined ? {} : { description })}
      {...(props.size === undefined ? {} : { size: props.size })}
      initialFocus={cancel}
      footer={
        <>
          <Button ref={cancel} onClick={() => onOpenChange(false)}>
            {pending ? 'Close' : 'Cancel'}
          </Button>
          <Button
            variant={props.danger === true ? 'danger' : 'solid'}
            pending={pending}
            pendingLabel={pendingAction}
            disabled={props.disabled === true}
            onClick={onAction}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
      {props.error !== undefined && props.error !== null && (
        <RequestNotice error={props.error} {...(props.errorDetails ? { details: props.errorDetails } : {})} />
      )}
    </Dialog>
  )
}
