// Makes what the production console runs from; says why on standard error and exits with 1 when that failed.
import { prepareBuild } from './prepare-build.ts'

try {
  await prepareBuild()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
