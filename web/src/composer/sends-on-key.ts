export interface KeyPress {
  key: string;
  shiftKey: boolean;
  isComposing: boolean;
  keyCode: number;
}

/** `keyCode` of keys that an input method takes; Safari reports it after `isComposing` is already false. */
const TAKEN_BY_INPUT_METHOD = 229;

/** Enter sends, but not with Shift, not on touch keyboards and never while an input method composes. */
export function sendsOnKey(press: KeyPress, touch: boolean): boolean {
  if (press.key !== 'Enter' || press.shiftKey || touch) return false;
  return !press.isComposing && press.keyCode !== TAKEN_BY_INPUT_METHOD;
}
