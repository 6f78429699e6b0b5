import { EntryFrame } from '#components/entry/entry-frame.tsx'
import { addressOf } from '#lib/client/base-path.ts'

export const metadata = { title: 'Not found' }

/** Stands outside the console's frame: an address that is nothing is answered to who has not signed in, too. */
export default function NotFound() {
  return (
    <EntryFrame>
      <div className="page-message">
        <h1>There is nothing at this address</h1>
        <p>
          The address may be mistyped, or what was here has been deleted. The overview shows every provider.
        </p>
        {/* A link that looks ahead would ask for the overview on behalf of who may not see it. */}
        <a className="page-action" href={addressOf('/')}>
          Overview
        </a>
      </div>
    </EntryFrame>
  )
}
