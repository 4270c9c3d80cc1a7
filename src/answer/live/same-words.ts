/** What customers write for what catalogues hold. */
const SAME_WORDS: Readonly<Record<string, string>> = {
  small: 's',
  medium: 'm',
  large: 'l',
  litre: 'l',
  litres: 'l',
  liter: 'l',
  liters: 'l',
  ltr: 'l',
  gramme: 'g',
  gram: 'g',
  grams: 'g',
  kilo: 'kg',
  kilos: 'kg',
  kilogram: 'kg',
  kilograms: 'kg',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  centimetre: 'cm',
  centimetres: 'cm',
  centimeter: 'cm',
  centimeters: 'cm',
  cms: 'cm',
  millimetre: 'mm',
  millimetres: 'mm',
  gray: 'grey',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  dozen: '12',
  fifteen: '15',
  twenty: '20',
  thirty: '30',
  forty: '40',
  fifty: '50',
  hundred: '100',
};

/** One form for the words that mean the same in sizes, numbers and colours. @param word in lower case */
export function sameWord(word: string): string {
  return SAME_WORDS[word] ?? word;
}

/** "35cm" is "35 cm", "twelve and a half" is "12.5": sizes as the catalogue writes them. In lower case. */
export function plainSizes(text: string): string {
  return text
    .toLowerCase()
    .replace(/(?<![\p{L}\p{N}])(\p{L}+|\p{N}+) and a half(?!\p{L})/gu, (all, number: string) => {
      const plain = sameWord(number);
      return /^\p{N}+$/u.test(plain) ? `${plain}.5` : all;
    })
    .replace(/(?<![\p{L}\p{N}-])(\p{N}+(?:[.,]\p{N}+)?)(?=\p{L})/gu, '$1 ');
}

/** Lower-case words and numbers; "20L" is 20 and l. */
export function wordsOf(text: string): string[] {
  const found = plainSizes(text).match(/\p{N}+(?:[.,]\p{N}+)?|\p{L}+/gu) ?? [];
  return found.map(sameWord);
}
