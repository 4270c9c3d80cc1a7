/** Keys and tokens by their makers' marks, and values that stand where a password stands. */
const KEYS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}/,
  /\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bxox[abeprs]-[\w-]{10,}/,
  /\bAIza[\w-]{30,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{4,}/,
  /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqps?|ftp|ssh|https?):\/\/[^\s:/@]+:[^\s@/]+@/,
];
const NAMED_VALUE =
  /\b(?:pass(?:word|phrase|code|wort)|kennwort|mot de passe|contraseña|密码|pwd|secret(?: key)?|api[ _-]?key|access[ _-]?(?:key|token)|auth(?:entication)?[ _-]?token|bearer|token|credentials?|door code|alarm code|pin(?: code)?)\b["'”]?\s*(?:(?:for|of|to) [^:=.]{1,40})?(?:\s*[:=]\s*|\s+(?:is|lautet|ist|est|es|are)\s*:?\s+)["'“”`]?([^\s"'“”`,;]{4,})/giu;
/** Upper case, lower case and figures mixed without a break: no word, no order number, no address. */
const RANDOM =
  /(?<![\w/.:@-])(?=[\w+/=-]*[a-z])(?=[\w+/=-]*[A-Z])(?=[\w+/=-]*\d[\w+/=-]*\d)[\w+/=-]{24,}(?![\w.@-])/;

/** Does a text hold a key, a token or a value that looks like a password? */
export function hasSecret(text: string, own: readonly RegExp[] = []): boolean {
  if (KEYS.some((pattern) => pattern.test(text)) || RANDOM.test(text)) return true;
  if (own.some((pattern) => pattern.test(text))) return true;
  return [...text.matchAll(NAMED_VALUE)].some(([, value = '']) => isPasswordLike(value));
}

/** A figure among other signs: "Gast-2026!" and "4711" are, "reset" and "required" are not. */
function isPasswordLike(value: string): boolean {
  const bare = value.replace(/[.!?)]+$/, '');
  return bare.length >= 4 && /\d/.test(bare) && !/^\d{1,3}$/.test(bare) && !/^(?:19|20)\d\d$/.test(bare);
}
