import { translate } from '../translate.ts';

/** The server's own words for the offer, whatever the language of the page. */
const SERVER_TEXT = 'Talk to a person';

/** The server offers a person as a quick reply; pressing it is the same wish as the button. */
export function isHandoverReply(text: string): boolean {
  return text === SERVER_TEXT || text === translate('handover.button');
}
