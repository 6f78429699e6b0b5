// Preloaded with --import: when the process that started this one is gone, however it ended (kill -9 included),
// the channel between them closes, and this one stops as if it had been asked to.
const STOP_LIMIT_MS = 6000

if (process.channel) {
  process.once('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), STOP_LIMIT_MS).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  // Listening must not keep a process alive that has nothing left to do.
  process.channel.unref()
}
