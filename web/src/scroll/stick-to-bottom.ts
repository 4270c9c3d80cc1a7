export interface ScrollMetrics {
  scrollTop: number;
  viewportHeight: number;
  contentHeight: number;
}

export interface StickState {
  /** The reader is at the bottom, so the view follows what is added. */
  following: boolean;
  /** Something was added below while the reader was elsewhere. */
  unseen: boolean;
}

export const FOLLOWING: StickState = { following: true, unseen: false };

/** Pixels from the bottom that still count as being there: about two lines. */
const BOTTOM_TOLERANCE = 48;

export function isAtBottom({ scrollTop, viewportHeight, contentHeight }: ScrollMetrics): boolean {
  return contentHeight - scrollTop - viewportHeight <= BOTTOM_TOLERANCE;
}

/** The reader scrolled: upwards lets go, reaching the bottom takes hold again. */
export function afterScroll(state: StickState, metrics: ScrollMetrics, previousTop: number): StickState {
  if (isAtBottom(metrics)) return FOLLOWING;
  const movedUp = metrics.scrollTop < previousTop;
  return movedUp ? { ...state, following: false } : state;
}

/** The content grew: a reader who follows is taken along (by the caller), another is told. */
export function afterGrowth(state: StickState): StickState {
  return state.following ? state : { following: false, unseen: true };
}

/**
 * Where the view of a following reader goes after growth. A new answer is taken up until its question reaches
 * the top (`anchorTop`), so that its beginning stays in sight; a reader who went past that, to the bottom,
 * is kept at the bottom. Never upwards, and not at all before the first question.
 */
export function followTo(metrics: ScrollMetrics, grewBy: number, anchorTop: number | null): number {
  const { scrollTop, viewportHeight, contentHeight } = metrics;
  const bottom = contentHeight - viewportHeight;
  if (anchorTop === null) return scrollTop;
  if (scrollTop > anchorTop + 1) {
    return isAtBottom({ ...metrics, contentHeight: contentHeight - grewBy }) ? bottom : scrollTop;
  }
  return Math.max(scrollTop, Math.min(bottom, anchorTop));
}
