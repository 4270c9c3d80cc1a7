import type { Publish } from '../widget-contracts.ts';

/** A failing listener of the page is the browser's to report; nothing is thrown here. */
export const publish: Publish = (name, detail) => {
  document.dispatchEvent(new CustomEvent(`answerbox:${name}`, { detail, bubbles: true }));
};
