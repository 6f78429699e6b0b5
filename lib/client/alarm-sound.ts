const NOTES = [
  { hertz: 880, at: 0 },
  { hertz: 660, at: 0.22 },
  { hertz: 880, at: 0.44 },
] as const
const NOTE_SECONDS = 0.2
const LOUDNESS = 0.25

let context: AudioContext | null = null

/**
 * Plays the alarm, three short notes. A browser lets a page be heard only once somebody has pressed something in it;
 * until then there is silence.
 */
export function playAlarm(): void {
  try {
    context ??= new AudioContext()
    const speaker = context
    void speaker.resume().then(() => NOTES.forEach((note) => playNote(speaker, note)))
  } catch {
    // A browser without sound shows the incident all the same.
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
