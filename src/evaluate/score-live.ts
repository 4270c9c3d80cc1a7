import type { Answer } from '../answer/answer-types.ts';
import type { LiveQuestion } from './live-questions.ts';

/** Why an answer to a live question is wrong; null when it is right. */
export function faultOfLive({ kind, expect }: LiveQuestion, answer: Answer | null): string | null {
  if (answer === null) return 'refused as a question';
  switch (kind) {
    case 'product':
      return namesProduct(expect, answer, answer.products.length) ? null : 'another product, or none';
    case 'stock':
      return faultOfStock(expect, answer);
    case 'price':
    case 'delivery_time':
      if (!namesProduct(expect, answer, 1)) return 'another product, or none';
      return saysOneOf(expect.answers, answer) ? null : 'the value is missing';
    case 'filter':
      return faultOfFilter(expect, answer);
    case 'cheapest':
      if (!namesProduct(expect, answer, 1)) return 'another product, or none';
      return saysOneOf(expect.answers, answer) ? null : 'the value is missing';
    case 'compare':
      return comparesAll(expect, answer) ? null : 'not all of them were shown';
    case 'absent':
      return answer.products.length === 0 ? null : 'something else was shown';
    case 'document':
      return saysOneOf(expect.answers, answer) ? null : 'the fact is missing';
    case 'hours':
      return saysOneOf(expect.answers, answer) ? null : 'the hours are missing';
    case 'order':
      return faultOfOrder(expect, answer);
  }
  return `unknown kind ${kind}`;
}

function faultOfOrder({ refused, number, answers }: LiveQuestion['expect'], answer: Answer): string | null {
  if (refused === true) return answer.order === null ? null : "somebody else's order was shown";
  if (answer.order?.number !== number) return 'the order was not shown';
  return saysOneOf(answers, answer) ? null : 'the state is missing';
}

function faultOfStock(expect: LiveQuestion['expect'], answer: Answer): string | null {
  const product = answer.products.find(({ code }) => code === expect.code);
  if (product === undefined) return 'another product, or none';
  if (product.stock === null) return 'the stock is missing';
  if (product.stock.value > 0 !== expect.in_stock) return 'the stock is wrong';
  return saysOneOf(expect.answers, answer) ? null : 'the pieces are missing';
}

function faultOfFilter(expect: LiveQuestion['expect'], answer: Answer): string | null {
  const { products } = answer;
  if (products.length === 0) return 'none was shown';
  const fits = ({ code, family }: Answer['products'][number]): boolean =>
    expect.codes?.includes(code) === true || expect.families?.includes(family) === true;
  return products.every(fits) ? null : 'something was shown that does not fit';
}

function comparesAll(expect: LiveQuestion['expect'], { products }: Answer): boolean {
  return (expect.families ?? []).every((family) => products.some((product) => product.family === family));
}

function namesProduct(expect: LiveQuestion['expect'], { products }: Answer, first: number): boolean {
  const codes = [...(expect.codes ?? []), ...(expect.code === undefined ? [] : [expect.code])];
  const families = [...(expect.families ?? []), ...(expect.family === undefined ? [] : [expect.family])];
  return products
    .slice(0, first)
    .some(({ code, family }) => codes.includes(code) || families.includes(family));
}

function saysOneOf(answers: readonly string[] | undefined, { answer }: Answer): boolean {
  const text = answer.toLowerCase();
  return answers === undefined || answers.some((one) => text.includes(one.toLowerCase()));
}
