import { describe, expect, it } from 'vitest';
import { afterGrowth, afterScroll, FOLLOWING, followTo, isAtBottom } from './stick-to-bottom.ts';

const at = (scrollTop: number, contentHeight = 2000) => ({ scrollTop, viewportHeight: 800, contentHeight });
const away = { following: false, unseen: false };

describe('stick to bottom', () => {
  it('counts a few pixels short as the bottom', () => {
    expect(isAtBottom(at(1160))).toBe(true);
    expect(isAtBottom(at(1100))).toBe(false);
  });

  it('counts a page that does not fill the window as the bottom', () => {
    expect(isAtBottom(at(0, 500))).toBe(true);
  });

  it('lets go when the reader scrolls up and says when something came', () => {
    const state = afterScroll(FOLLOWING, at(600), 1200);
    expect(state).toEqual(away);
    expect(afterGrowth(state)).toEqual({ following: false, unseen: true });
  });

  it('holds on when content grows before the view has moved', () => {
    expect(afterScroll(FOLLOWING, at(1200, 3000), 1200)).toEqual(FOLLOWING);
    expect(afterGrowth(FOLLOWING)).toEqual(FOLLOWING);
  });

  it('takes hold again at the bottom, and all counts as seen', () => {
    expect(afterScroll({ following: false, unseen: true }, at(1200), 900)).toEqual(FOLLOWING);
  });
});

describe('followTo', () => {
  it('goes to the bottom while the question stays in sight', () => {
    expect(followTo(at(1200, 2050), 50, 1500)).toBe(1250);
  });

  it('stops where the question reaches the top', () => {
    expect(followTo(at(1200, 3000), 1000, 1500)).toBe(1500);
    expect(followTo(at(1500, 3200), 200, 1500)).toBe(1500);
  });

  it('keeps a reader at the bottom who went past the question', () => {
    expect(followTo(at(2200, 3100), 100, 1500)).toBe(2300);
  });

  it('leaves the welcome at its top', () => {
    expect(followTo(at(0), 1200, null)).toBe(0);
  });

  it('leaves a reader alone who is between the two', () => {
    expect(followTo(at(1700, 3100), 100, 1500)).toBe(1700);
  });
});
