import type { VariantView } from '#lib/view/routing-view.ts'
import styles from './route-block.module.css'

/** How the variants of an A/B test did in the last hour. */
export function VariantTable({ route, variants }: { route: string; variants: readonly VariantView[] }) {
  return (
    <table className={styles.variants}>
      <caption className="visually-hidden">Variants of {route}, last hour</caption>
      <thead>
        <tr>
          <th scope="col">Variant</th>
          <th scope="col">Planned</th>
          <th scope="col">Had</th>
          <th scope="col">Success</th>
          <th scope="col">Average latency</th>
        </tr>
      </thead>
      <tbody>
        {variants.map(({ name, planned, had, success, latency }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{planned}</td>
            <td>{had}</td>
            <td>{success}</td>
            <td>{latency}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
