/** Gathers what happens and says it now and then: at once, but never twice within `quietMs`. */
export function createAnnouncer<T>(options: { quietMs: number; say: (gathered: readonly T[]) => void }) {
  let gathered: T[] = []
  let timer: ReturnType<typeof setTimeout> | null = null

  function speak(): void {
    timer = null
    if (gathered.length === 0) return
    const now = gathered
    gathered = []
    timer = setTimeout(speak, options.quietMs)
    options.say(now)
  }

  return {
    hear: (news: readonly T[]) => {
      gathered.push(...news)
      if (timer === null) speak()
    },
    stop: () => clearTimeout(timer ?? undefined),
  }
}
