/** The main pointer is a finger, so a keyboard on the screen is to be expected. */
export function isTouchDevice(): boolean {
  return window.matchMedia('(pointer: coarse) and (hover: none)').matches;
}
