import { createCanvas } from '@napi-rs/canvas';
import { column, makePdf } from './make-pdf.ts';
import { makeMail, makeMailbox } from './make-mail.ts';
import {
  docxParts,
  epubParts,
  openDocumentParts,
  pptxParts,
  wordParagraph,
  wordTable,
  xlsxParts,
  zipOf,
} from './make-office.ts';

export interface SampleFile {
  name: string;
  bytes: Buffer;
  /** What a customer could ask, words of the passage that answers it, and its page. */
  facts: { question: string; answer: string; page?: number; part?: string }[];
}

const LEFT = [
  'The lighthouse museum keeps nine hundred lamps from',
  'three centuries. Its oldest lamp burned whale oil and',
  'was given by the harbour master Ingeborg Falk in the',
  'year the railway came. Visitors may light a copy of it',
  'on the first Sunday of each month, weather allowing.',
];
const RIGHT = [
  'Guided walks to the foghorn leave at half past two and',
  'take forty minutes. The foghorn sounds once a day, so',
  'hearing protection is handed out at the gate. Dogs are',
  'welcome on the walk but have to wait outside the engine',
  'room, where the floor is hot and the belts are open.',
];

/** A small real file of every format, made from nothing. */
export function everyFormat(): SampleFile[] {
  const table = [
    ['Locker', 'Day price', 'Deposit'],
    ['Small', '2.50 EUR', '10 EUR'],
    ['Large', '4.00 EUR', '20 EUR'],
  ];
  const xlsx = zipOf(
    xlsxParts({
      Kayaks: [
        ['Kayak hire 2026', null],
        ['Model', 'Seats', 'Hourly price'],
        ['Osprey', 1, '9 EUR'],
        ['Pelican', 2, '14 EUR'],
      ],
      Bikes: [
        ['Bike', 'Gears', 'Total'],
        ['Tourer', 21, { formula: 'B2*2', value: 42 }],
      ],
    }),
  );
  const docx = zipOf(
    docxParts(
      [
        wordParagraph('Camp kitchen rules', 'Heading1'),
        wordParagraph('Stoves', 'Heading2'),
        wordParagraph('Gas stoves may be used until ten in the evening and must stand on the stone shelf.'),
        wordParagraph('Fridge', 'Heading2'),
        wordTable([
          ['Shelf', 'Who may use it'],
          ['Top', 'Families of block Heron'],
          ['Bottom', 'Staff of the kiosk'],
        ]),
      ].join(''),
    ),
  );
  const mail = makeMail({
    subject: 'Änderung der Fährzeiten',
    from: 'Harbour Office <harbour@example.com>',
    text: 'From May on the evening ferry to Skerry Island leaves at 19:45 instead of 19:10.\n\nBicycles travel free of charge.',
    attachments: [
      {
        name: 'fares.csv',
        type: 'text/csv',
        bytes: Buffer.from('Passenger,Fare\nAdult,11 EUR\nStudent,7 EUR\nPensioner,8 EUR\n'),
      },
    ],
  });
  return [
    {
      name: 'lighthouse.pdf',
      bytes: lighthousePdf(table),
      facts: [
        {
          question: 'Who gave the oldest lamp of the lighthouse museum?',
          answer: 'harbour master Ingeborg Falk',
          page: 1,
        },
        { question: 'What does a large locker cost a day?', answer: 'Day price: 4.00 EUR', page: 2 },
        { question: 'When is the lamp room closed?', answer: 'closed in November', page: 3 },
      ],
    },
    {
      name: 'kitchen.docx',
      bytes: docx,
      facts: [
        { question: 'Until when may gas stoves be used?', answer: 'until ten in the evening' },
        { question: 'Who may use the top shelf of the fridge?', answer: 'Families of block Heron' },
      ],
    },
    {
      name: 'hire.xlsx',
      bytes: xlsx,
      facts: [
        { question: 'What does a Pelican kayak cost an hour?', answer: 'Hourly price: 14 EUR' },
        { question: 'How many gears does the Tourer have?', answer: 'Gears: 21; Total: 42' },
      ],
    },
    {
      name: 'induction.pptx',
      bytes: zipOf(
        pptxParts([
          { title: 'First day', lines: ['Meet at the red gate', 'Bring your badge'] },
          {
            title: 'Fire drill',
            lines: ['The assembly point is behind the greenhouse'],
            notes: 'The drill takes place every second Thursday.',
            alternativeText: 'Map with the greenhouse north of the pond',
          },
          {
            title: 'Canteen',
            lines: ['Open at noon'],
            table: [
              ['Meal', 'Price'],
              ['Soup', '3 EUR'],
              ['Curry', '6 EUR'],
            ],
          },
        ]),
      ),
      facts: [
        {
          question: 'Where is the assembly point in a fire drill?',
          answer: 'behind the greenhouse',
          page: 2,
        },
        { question: 'What does curry cost in the canteen?', answer: 'Price: 6 EUR', page: 3 },
      ],
    },
    {
      name: 'sauna.odt',
      bytes: zipOf(
        openDocumentParts(
          'text',
          '<text:h text:outline-level="1">Sauna guide</text:h><text:h text:outline-level="2">Heating</text:h><text:p>The birch sauna is heated to<text:s/>ninety degrees on Fridays.</text:p><text:list><text:list-item><text:p>Towels are compulsory.</text:p></text:list-item></text:list>',
        ),
      ),
      facts: [{ question: 'How hot is the birch sauna?', answer: 'heated to ninety degrees' }],
    },
    {
      name: 'rota.ods',
      bytes: zipOf(
        openDocumentParts(
          'spreadsheet',
          `<table:table table:name="Rota">${[
            ['Shift', 'Guard'],
            ['Morning', 'Oyvind'],
            ['Night', 'Marisol'],
          ]
            .map(
              (row) =>
                `<table:table-row>${row.map((cell) => `<table:table-cell><text:p>${cell}</text:p></table:table-cell>`).join('')}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>`,
            )
            .join(
              '',
            )}<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>`,
        ),
      ),
      facts: [{ question: 'Who is the guard of the night shift?', answer: 'Guard: Marisol' }],
    },
    {
      name: 'tour.odp',
      bytes: zipOf(
        openDocumentParts(
          'presentation',
          ['Welcome|Tours start at the pier', 'Boats|The glass boat carries fourteen guests']
            .map(
              (slide, index) =>
                `<draw:page draw:name="p${index}">${slide
                  .split('|')
                  .map(
                    (text, place) =>
                      `<draw:frame presentation:class="${place === 0 ? 'title' : 'outline'}"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`,
                  )
                  .join('')}</draw:page>`,
            )
            .join(''),
        ),
      ),
      facts: [{ question: 'How many guests does the glass boat carry?', answer: 'fourteen guests', page: 2 }],
    },
    {
      name: 'bees.epub',
      bytes: zipOf(
        epubParts('The bee yard', [
          '<h1>Hives</h1><p>Each hive holds about forty thousand bees in June.</p>',
          '<h1>Honey</h1><p>Heather honey is harvested in the last week of August.</p>',
        ]),
      ),
      facts: [{ question: 'When is heather honey harvested?', answer: 'last week of August' }],
    },
    {
      name: 'parking.html',
      bytes: Buffer.from(
        '<!doctype html><title>Parking</title><nav><a href="/">Home</a></nav><main><h1>Parking</h1><p>The underground garage is limited to vehicles of two metres height.</p></main>',
      ),
      facts: [{ question: 'How high may a car be in the garage?', answer: 'two metres height' }],
    },
    {
      name: 'warranty.md',
      bytes: Buffer.from(
        '---\ntitle: Warranty of tents\ncategory: camping\nlanguage: en\naudience: customers\nvalid_from: 2026-01-01\nvalid_until: 2026-12-31\ntags: [tents, repair]\n---\n\n# Warranty\n\nTent poles are replaced free of charge for seven years.\n',
      ),
      facts: [{ question: 'How long are tent poles replaced free of charge?', answer: 'seven years' }],
    },
    {
      name: 'pools.csv',
      bytes: Buffer.from(
        'Pool;Depth;Opening hours\nDiving;5 m;10 to 16\nToddler;0.3 m;9 to 18\nWave;2 m;11 to 17\n',
      ),
      facts: [{ question: 'How deep is the diving pool?', answer: 'Pool: Diving; Depth: 5 m' }],
    },
    {
      name: 'trails.tsv',
      bytes: Buffer.from('Trail\tLength\nFox\t7 km\nOwl\t12 km\n'),
      facts: [{ question: 'How long is the owl trail?', answer: 'Length: 12 km' }],
    },
    {
      name: 'faq.json',
      bytes: Buffer.from(
        JSON.stringify([
          {
            question: 'Do you sell gift vouchers?',
            answer: 'Gift vouchers are sold at the kiosk from twenty euros.',
          },
          { question: 'Is there a cloakroom?', answer: 'The cloakroom is beside the aquarium.' },
        ]),
      ),
      facts: [{ question: 'Where is the cloakroom?', answer: 'beside the aquarium' }],
    },
    {
      name: 'products.jsonl',
      bytes: Buffer.from(
        '{"name":"Trekking rope","colour":"orange","breaking load":"22 kN"}\n{"name":"Ice screw","colour":"blue","breaking load":"10 kN"}\n',
      ),
      facts: [{ question: 'What is the breaking load of the ice screw?', answer: 'breaking load: 10 kN' }],
    },
    {
      name: 'notice.txt',
      bytes: Buffer.from(
        'LIFT OUT OF ORDER\n\nThe north lift is repaired until Wednesday; please use the café ramp.\n',
        'latin1',
      ),
      facts: [
        {
          question: 'Until when is the north lift repaired?',
          answer: 'until Wednesday; please use the café ramp',
        },
      ],
    },
    {
      name: 'contract.rtf',
      bytes: Buffer.from(
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\pard\\outlinelevel0 Storage contract\\par\\pard The notice period for a storage box is six weeks, in writing. K\\'fcndigung: \\u8364?5 fee.\\par}",
      ),
      facts: [
        {
          question: 'What is the notice period for a storage box?',
          answer: 'six weeks, in writing. Kündigung: €5 fee',
        },
      ],
    },
    {
      name: 'ferry.eml',
      bytes: mail,
      facts: [
        { question: 'When does the evening ferry to Skerry Island leave?', answer: 'leaves at 19:45' },
        { question: 'What does a student pay on the ferry?', answer: 'Fare: 7 EUR', part: 'fares.csv' },
      ],
    },
    {
      name: 'inbox.mbox',
      bytes: makeMailbox([
        makeMail({
          subject: 'Lost umbrella',
          from: 'a@example.com',
          text: 'Found umbrellas are kept in the basement of the town hall for ninety days.',
        }),
        makeMail({
          subject: 'Drone flights',
          from: 'b@example.com',
          text: 'Drone flights over the dunes need a permit from ranger Quist.',
        }),
      ]),
      facts: [
        {
          question: 'Who gives a permit for drone flights?',
          answer: 'ranger Quist',
          part: 'message-00002.eml',
        },
      ],
    },
    {
      name: 'archive.zip',
      bytes: zipOf({
        'handbook/skates.md': '# Skates\n\nHockey skates are sharpened on Tuesdays for six euros.\n',
        'handbook/inner.zip': zipOf({
          'rink.txt': 'The ice rink closes its east entrance during league matches.\n',
        }),
        '__MACOSX/._x': 'junk',
      }),
      facts: [
        {
          question: 'When are hockey skates sharpened?',
          answer: 'sharpened on Tuesdays',
          part: 'handbook/skates.md',
        },
        {
          question: 'Which entrance of the ice rink closes?',
          answer: 'east entrance',
          part: 'handbook/inner.zip/rink.txt',
        },
      ],
    },
  ];
}

function lighthousePdf(table: readonly (readonly string[])[]): Buffer {
  const foot = (page: number) => ({ text: `Lighthouse handbook, page ${page}`, x: 220, y: 30, size: 8 });
  const cells = table.flatMap((row, at) =>
    row.map((text, place) => ({ text, x: 60 + place * 150, y: 700 - at * 16 })),
  );
  return makePdf([
    [
      { text: 'Lighthouse handbook', x: 60, y: 780, size: 22 },
      { text: 'The museum', x: 60, y: 745, size: 15 },
      ...column(LEFT, 60, 715),
      ...column(RIGHT, 320, 715),
      foot(1),
    ],
    [
      { text: 'Lockers', x: 60, y: 745, size: 15 },
      ...cells,
      {
        text: 'Keys that are lost cost fifteen euros, which is the price of a new lock and of the',
        x: 60,
        y: 600,
      },
      foot(2),
    ],
    [
      { text: 'time that it takes to fit it.', x: 60, y: 780 },
      { text: 'Season', x: 60, y: 745, size: 15 },
      { text: 'The lamp room is closed in November.', x: 60, y: 715 },
      foot(3),
    ],
  ]);
}

/** A page of a letter as a picture, black on white. */
export function picture(lines: readonly string[], type: 'png' | 'jpeg' = 'png'): Buffer {
  const canvas = createCanvas(1240, 120 + lines.length * 70);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  pen.font = '40px sans-serif';
  lines.forEach((line, index) => pen.fillText(line, 60, 100 + index * 70));
  return type === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg');
}
