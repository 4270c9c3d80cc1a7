import type { LlamaModel, Token } from 'node-llama-cpp';

/** Byte tokens that one character may be spread over; a longer run is broken text and is let go. */
const LONGEST_CHARACTER = 8;

/** Tokens to text, never half a character: bytes wait until their character is whole. */
export class TokenText {
  private readonly model: Pick<LlamaModel, 'detokenize'>;
  private waiting: Token[] = [];
  private before: Token[] = [];

  constructor(model: Pick<LlamaModel, 'detokenize'>) {
    this.model = model;
  }

  /** @returns text that became whole with this token, perhaps none */
  push(token: Token): string {
    this.waiting.push(token);
    const text = this.text();
    return text.endsWith('\uFFFD') && this.waiting.length < LONGEST_CHARACTER ? '' : this.release(text);
  }

  /** @returns what is left at the end, without the half character that no token came to finish */
  flush(): string {
    return this.waiting.length === 0 ? '' : this.release(this.text()).replace(/\uFFFD+$/, '');
  }

  private text(): string {
    return this.model.detokenize(this.waiting, false, this.before);
  }

  private release(text: string): string {
    this.before = this.waiting;
    this.waiting = [];
    return text;
  }
}
