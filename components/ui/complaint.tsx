import { ComplaintSign } from './complaint-sign.tsx'
import styles from './complaint.module.css'

type Props = {
  /** By which a group names what describes it. */
  id?: string
  /** `alert` where it appears without the focus being led to it. */
  role?: 'alert'
  children: string | undefined
}

/** What is wrong with several controls together, in the looks that a field's own error has; nothing where nothing is. */
export function Complaint({ children, ...rest }: Props) {
  if (children === undefined || children === '') return null
  return (
    <p className={styles.complaint} {...rest}>
      <ComplaintSign />
      <span>{children}</span>
    </p>
  )
}
