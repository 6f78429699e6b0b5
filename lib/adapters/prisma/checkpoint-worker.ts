// The thread that carries what is in the log over into the database, so that no commit waits for it.
import Database from 'libsql'
import { serveRequests } from './serve-requests.ts'
import { setup } from './worker-messages.ts'

const database = new Database(setup.path)
// It takes what it can and waits for nobody.
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)')

serveRequests(
  () => Promise.resolve(checkpoint.get()),
  () => {
    database.close()
    return Promise.resolve()
  },
)
