import { expect, it, vi } from 'vitest';
import { startDeskServer } from '../testing/start-desk-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

vi.setConfig({ testTimeout: 120_000 });

const PATH = '/api/v1/settings/hours';
/** A Monday, 09:00 in Berlin. */
const now = () => new Date('2026-11-23T08:00:00Z');
const TABLE = {
  time_zone: 'Europe/Berlin',
  hours: {
    chat: {
      mon: ['08:00', '20:00'],
      tue: [
        ['08:00', '12:00'],
        ['13:00', '20:00'],
      ],
    },
  },
  holidays: [{ date: '2026-11-24', name: 'Stocktaking' }],
};

it('sets hours that hold at once, for availability and due times, and after a restart', async () => {
  const folder = temporaryFolder();
  const server = await startDeskServer({ folder, now: () => new Date('2026-11-23T20:00:00Z') });
  const owner = await server.signIn('owner', 'Mara');
  const availability = async () => (await server.http.call('GET', '/api/v1/availability')).body;
  expect(await availability()).toMatchObject({ open: true });
  const before = (await owner.call('GET', PATH)).body;
  expect(before).toEqual({
    from: 'built in',
    file: 'profile.json',
    read_only: false,
    value: { time_zone: 'UTC', hours: {}, holidays: [] },
  });
  const set = await owner.call('PUT', PATH, { body: TABLE });
  expect(set.body).toEqual({
    from: 'console',
    file: 'profile.json',
    read_only: false,
    value: {
      ...TABLE,
      hours: {
        chat: {
          mon: [['08:00', '20:00']],
          tue: [
            ['08:00', '12:00'],
            ['13:00', '20:00'],
          ],
        },
      },
    },
  });
  // Closed by now, on holiday tomorrow, and not open on any other day: Monday it is.
  expect(await availability()).toMatchObject({ open: false, opens_at: '2026-11-30T07:00:00.000Z' });
  const body = { subject: 'Late', text: 'Hello', customer: { email: 'kim@example.com' } };
  const made = await owner.call('POST', '/api/v1/tickets', { body });
  // 480 minutes of a Monday that opens at 08:00 in Berlin.
  expect(made.body.due.first_response_at).toBe('2026-11-30T15:00:00.000Z');
  const lines = (await owner.call('GET', '/api/v1/audit?limit=50')).body.lines as Record<string, unknown>[];
  expect(lines).toContainEqual(
    expect.objectContaining({ action: 'hours', detail: { channels: 1, holidays: 1 } }),
  );
  await server.close();

  const again = await startDeskServer({ folder, now });
  const back = await again.signIn('owner', 'Mara');
  expect((await back.call('GET', PATH)).body).toEqual(set.body);
  const reset = (await back.call('DELETE', PATH)).body;
  expect(reset).toEqual(before);
});

it('tries hours out without setting them', async () => {
  const server = await startDeskServer({ now });
  const owner = await server.signIn('owner', 'Mara');
  const preview = async (body: object) => (await owner.call('POST', `${PATH}/preview`, { body })).body;
  expect(await preview({ value: TABLE })).toMatchObject({
    local_date: '2026-11-23',
    local_time: '09:00',
    desk_channel: 'chat',
    desk_open: true,
    channels: [{ name: 'chat', open: true, closes_at: '2026-11-23T19:00:00.000Z' }],
  });
  const closed = await preview({ value: TABLE, at: '2026-11-24T09:00:00Z' });
  expect(closed).toMatchObject({ desk_open: false, local_date: '2026-11-24' });
  expect(closed.text).toContain('Monday, 30 November, 08:00 (Europe/Berlin)');
  expect(closed.days).toHaveLength(14);
  expect(closed.days[0]).toEqual({
    date: '2026-11-24',
    channels: [{ name: 'chat', spans: [], holiday: 'Stocktaking' }],
  });
  expect(await preview({})).toMatchObject({ desk_channel: null, desk_open: true });
  expect((await owner.call('GET', PATH)).body.from).toBe('built in');
});

const DAY = { date: '2026-12-24', name: 'Eve' };
const REFUSED: [body: object, words: string][] = [
  [{ time_zone: 'Europe/Berlim' }, 'time_zone "Europe/Berlim" is not known: give an IANA name'],
  [{ hours: { chat: { mon: ['9:00', '17:00'] } } }, 'hours.chat.mon is ["9:00","17:00"]: one span as'],
  [{ hours: { chat: { monday: [] } } }, 'hours.chat.monday is not known; known beside it are sun, mon'],
  [{ opening: {} }, 'opening is not known; known beside it are time_zone, hours, holidays'],
  [
    {
      hours: {
        chat: {
          mon: [
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
    },
    'hours.chat.mon has 08:00 to 12:00',
  ],
  [
    {
      hours: {
        chat: {
          mon: [
            ['20:00', '02:00'],
            ['21:00', '22:00'],
          ],
        },
      },
    },
    'hours.chat.mon has 20:00 to 02:00',
  ],
  [{ hours: { ' chat': {} } }, 'the channel " chat" needs a name'],
  [{ holidays: [{ ...DAY, date: '24.12.2026' }] }, 'holidays.0.date is "24.12.2026": a day as "2026-12-24"'],
  [{ holidays: [{ ...DAY, date: '2026-02-30' }] }, 'there is no day 2026-02-30'],
  [{ holidays: [{ ...DAY, until: '2026-12-23' }] }, 'until 2026-12-23 is before 2026-12-24'],
  [
    { hours: { chat: {} }, holidays: [{ ...DAY, channels: ['shop'] }] },
    'there is no channel "shop"; there are chat',
  ],
  [{ holidays: [{ date: '2026-12-24' }] }, 'holidays.0.name is missing: what the day is called'],
  [[], 'the whole is []: an object with time_zone, hours and holidays'],
];

it('refuses what is wrong in words that say what to do, and keeps what held', async () => {
  const server = await startDeskServer();
  const key = server.adminKey;
  for (const [body, words] of REFUSED) {
    const refused = await server.http.call('PUT', PATH, { key, body });
    const said = { code: 'request_invalid', message: expect.stringContaining(words) };
    expect(refused).toMatchObject({ status: 400, body: { error: said } });
    const tried = await server.http.call('POST', `${PATH}/preview`, { key, body: { value: body } });
    expect(tried.status).toBe(400);
  }
  expect((await server.http.call('GET', PATH, { key })).body.from).toBe('built in');
});

it('leaves hours to the file where there is one, and says so', async () => {
  const server = await startDeskServer({ profile: { name: 'Shop', ...TABLE } as never, profileInFile: true });
  const key = server.adminKey;
  expect((await server.http.call('GET', PATH, { key })).body).toMatchObject({
    from: 'file',
    read_only: true,
  });
  for (const [method, body] of [
    ['PUT', TABLE],
    ['DELETE', undefined],
  ] as const) {
    const { status, body: answer } = await server.http.call(method, PATH, { key, ...(body && { body }) });
    expect(status).toBe(409);
    expect(answer.error).toMatchObject({
      code: 'setting_in_file',
      message: expect.stringContaining('profile.json'),
    });
  }
});

it('is for those who may change settings', async () => {
  const server = await startDeskServer();
  const agent = await server.signIn('agent', 'Ada');
  for (const [method, path] of [
    ['GET', PATH],
    ['PUT', PATH],
    ['POST', `${PATH}/preview`],
  ] as const)
    expect((await agent.call(method, path, { ...(method !== 'GET' && { body: {} }) })).status).toBe(403);
});
