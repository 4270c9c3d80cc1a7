import { SettingsFault } from './check-source-settings.ts';

const SECRET = /\{secret:([A-Za-z0-9_]{1,100})\}/g;

/**
 * Puts secrets into header values such as "Bearer {secret:SHOP_TOKEN}".
 * @param place of the headers in the settings, for the error, which never holds a value
 * @throws SettingsFault
 */
export function fillSecrets(
  headers: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>>,
  place: string,
): Record<string, string> {
  const filled = Object.entries(headers).map(([name, value]) => {
    const field = `${place}.${name}`;
    const whole = value.replace(SECRET, (_, secret: string) => {
      const found = Object.hasOwn(secrets, secret) ? secrets[secret] : undefined;
      if (found === undefined) throw new SettingsFault(field, `names the secret ${secret}, which is not set`);
      return found;
    });
    if (!isHeader(name, whole)) throw new SettingsFault(field, 'is not a valid HTTP header');
    return [name, whole] as const;
  });
  return Object.fromEntries(filled);
}

function isHeader(name: string, value: string): boolean {
  try {
    new Headers({ [name]: value });
    return true;
  } catch {
    return false;
  }
}
