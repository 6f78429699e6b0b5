import styles from './marker-link.module.css'

/** Leads to what a marker was reported with, such as a build; its host says where that is. */
export function MarkerLink({ url }: { url: string }) {
  return (
    <a className={styles.link} href={url} target="_blank" rel="noreferrer">
      {new URL(url).host} <span aria-hidden="true">↗</span>
      <span className="visually-hidden">(in a new tab)</span>
    </a>
  )
}
