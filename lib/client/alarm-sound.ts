const NOTES = [
  { hertz: 880, at: 0 },
  { hertz: 660, at: 0.22 },
  { hertz: 880, at: 0.44 },
] as const
const NOTE_SECONDS = 0.2
const LOUDNESS = 0.25

/** A page that may be heard begins by itself, a moment after it was asked to. */
const BEGINS_WITHIN_MS = 500
/** What a browser takes for a press. */
const PRESSES = ['click', 'keydown'] as const

let context: AudioContext | null = null
let isHeld = false

/** The one speaker; null in a browser without sound, which shows the incident all the same. */
function speakerOf(): AudioContext | null {
  try {
    return (context ??= new AudioContext())
  } catch {
    return null
  }
}

/**
 * Plays the alarm, three short notes. A browser lets a page be heard only once somebody has pressed something in it;
 * until then there is silence.
 */
export function playAlarm(): void {
  const speaker = speakerOf()
  if (speaker !== null) void speaker.resume().then(() => NOTES.forEach((note) => playNote(speaker, note)))
}

/** Whether the browser keeps the page silent until somebody presses something; known only while it is watched. */
export const isSoundHeld = (): boolean => isHeld

/** Watches whether the page may be heard, and has it heard from the first press on. Returns how to stop. */
export function watchSound(onChange: () => void): () => void {
  const speaker = speakerOf()
  if (speaker === null) return () => undefined
  const look = () => {
    isHeld = speaker.state !== 'running'
    onChange()
  }
  const begin = () => void speaker.resume()
  const timer = setTimeout(() => {
    look()
    speaker.addEventListener('statechange', look)
  }, BEGINS_WITHIN_MS)
  begin()
  for (const press of PRESSES) window.addEventListener(press, begin)
  return () => {
    clearTimeout(timer)
    speaker.removeEventListener('statechange', look)
    for (const press of PRESSES) window.removeEventListener(press, begin)
    isHeld = false
  }
}

function playNote(speaker: AudioContext, { hertz, at }: (typeof NOTES)[number]): void {
  const tone = speaker.createOscillator()
  const volume = speaker.createGain()
  const begin = speaker.currentTime + at
  const end = begin + NOTE_SECONDS
  tone.frequency.value = hertz
  // Faded in and out, for a tone that is cut off clicks.
  volume.gain.setValueAtTime(0, begin)
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02)
  volume.gain.linearRampToValueAtTime(0, end)
  tone.connect(volume).connect(speaker.destination)
  tone.start(begin)
  tone.stop(end)
}
