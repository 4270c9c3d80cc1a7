/**
 * Words and phrases that one line of the table looks for, and phrases in which they mean something else. As in a
 * rule's `words`: `*` at the end of a word stands for any ending, alone for up to four words.
 */
interface WordGroup {
  words: readonly string[];
  except?: readonly string[];
}

/** What each language says where the built-in table looks for words. */
export interface WordGroups {
  danger: WordGroup;
  law: WordGroup;
  anger: WordGroup;
  urgency: WordGroup;
  annoyance: WordGroup;
  complaint: WordGroup;
}
