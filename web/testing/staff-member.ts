import { createHttpClient } from '../../src/testing/http-client.ts';
import { createStaffClient, PASSWORD, type StaffClient } from '../../src/testing/staff-client.ts';

/** Somebody of the shop, signed in, with what a test lets them do. */
export interface StaffMember extends StaffClient {
  /** Id of the newest thread in this state. */
  newestThread(state: string): Promise<string>;
  /** @throws when the server refuses it */
  post(path: string, body?: object): Promise<void>;
}

export async function signInStaff(
  { url, adminKey }: { url: string; adminKey: string },
  name: string,
): Promise<StaffMember> {
  const email = `${name.toLowerCase()}@shop.example`;
  const user = { name, email, role: 'agent', password: PASSWORD };
  const added = await createHttpClient({ url, adminKey }).call('POST', '/api/v1/users', {
    key: adminKey,
    body: user,
  });
  if (added.status !== 201) throw new Error(`no user was added: ${JSON.stringify(added.body)}`);
  const client = createStaffClient(url);
  await client.call('POST', '/api/v1/session', { body: { email, password: PASSWORD } });
  return {
    ...client,
    newestThread: async (state) => {
      const { body } = await client.call('GET', `/api/v1/threads?state=${state}`);
      return body.threads[0].id as string;
    },
    post: async (path, body = {}) => {
      const { status, body: answer } = await client.call('POST', path, { body });
      if (status >= 300) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(answer)}`);
    },
  };
}
