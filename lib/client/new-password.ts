/** No letter or digit that could be taken for another when it is read out or typed off. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP_LENGTH = 5

/** A password by chance, of some 99 bits, in groups that can be read out. */
export function newPassword(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, anyLetter).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

function anyLetter(): string {
  // Bytes beyond the last whole round of letters would make the first letters likelier.
  const fair = 256 - (256 % LETTERS.length)
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < fair) return LETTERS.charAt(byte % LETTERS.length)
  }
}
