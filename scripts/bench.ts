import { prepareBuild } from './prepare-build.ts'

await prepareBuild()
await import('#bench/run.ts')
