/** What chat templates are made of; in a prompt it is text and nothing else. */
const TEMPLATE_MARKS =
  /<\|([^|<>]{1,40})\|>|<(\/?(?:s|start_of_turn|end_of_turn|bos|eos|unk|pad))>|\[(\/?INST)\]|<<(\/?SYS)>>/gi;
const CITATION_MARKS = /[[【［](\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)[\]】］]/g;
/** "system:" at the start of a line would look like a turn of its own. */
const TURN_NAMES = /^(\s*)(system|assistant|user|human|tool|function)(\s*:)/gim;
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]|[\u{E0000}-\u{E007F}]/gu;

/** Retrieved text as it goes into a prompt: no mark of a chat template or a citation is left one. */
export function neutraliseText(text: string): string {
  return neutraliseCitations(text)
    .replace(INVISIBLE, '')
    .replace(
      TEMPLATE_MARKS,
      (_, ...names: (string | undefined)[]) => `(${names.slice(0, 4).find(Boolean) ?? ''})`,
    )
    .replace(TURN_NAMES, '$1($2)$3');
}

/** A document's "[3]" cannot pass for one of ours, neither in a prompt nor in an answer. */
export function neutraliseCitations(text: string): string {
  return text.replace(CITATION_MARKS, '($1)');
}
