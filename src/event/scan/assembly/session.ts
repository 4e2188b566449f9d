// Cuts the session name off an assumed role's ARN, so that a role is one caller however often it is assumed.

const COLON: i8 = 0x3a
const SLASH: i8 = 0x2f
const ASSUMED_WORD: u64 = 0x64656d757373613a // :assumed
const ROLE_WORD: u64 = 0x2f656c6f722d6465 // ed-role/
const ROLE_BYTES: usize = 14

/** Where an ARN ends without its session name: before the first slash after the first `:assumed-role/`, or at its end. */
export function withoutSession(from: usize, end: usize): usize {
  let at = from
  while (true) {
    at = find(COLON, at, end)
    if (at + ROLE_BYTES > end) return end
    if (load<u64>(at) == ASSUMED_WORD && load<u64>(at, 6) == ROLE_WORD) break
    at++
  }
  return find(SLASH, at + ROLE_BYTES, end)
}

/** The first place of a byte, or the end. */
function find(byte: i8, from: usize, end: usize): usize {
  const sought = i8x16.splat(byte)
  for (let at = from; at < end; at += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(at), sought))
    if (found != 0) return min(at + <usize>ctz(found), end)
  }
  return end
}
