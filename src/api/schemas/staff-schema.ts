import { Type } from '@sinclair/typebox';
import { OIDC } from '../../auth/oidc-settings.ts';
import { PERMISSIONS } from '../../auth/route-access.ts';
import { ROLE_NAMES } from '../../stores/staff-contracts.ts';

const orNull = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

export const ROLE = Type.Union(ROLE_NAMES.map((role) => Type.Literal(role)));
export const PERMISSION = Type.Union(PERMISSIONS.map((one) => Type.Literal(one)));
const NAME = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });
export const EMAIL = Type.String({ minLength: 3, maxLength: 320, pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$' });
/** Long enough for any real password, short enough to cost nothing. */
const PASSWORD = Type.String({ minLength: 1, maxLength: 1024 });

export const USER = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: ROLE,
  custom_role: orNull(Type.String()),
  disabled: Type.Boolean(),
  second_factor: Type.Boolean(),
  created_at: Type.String(),
  last_seen_at: orNull(Type.String()),
});

export const OWN_SESSION = Type.Object({
  signed_in: Type.Boolean(),
  setup_needed: Type.Boolean(),
  user: Type.Union([
    Type.Intersect([USER, Type.Object({ preferences: Type.Record(Type.String(), Type.Unknown()) })]),
    Type.Null(),
  ]),
  permissions: Type.Array(PERMISSION),
  csrf_token: orNull(Type.String()),
  expires_at: orNull(Type.String()),
  second_factor: Type.Union([
    Type.Object({
      on: Type.Boolean(),
      needed: Type.Boolean({ description: 'nothing else is allowed before it is set up' }),
      recovery_codes_left: Type.Integer(),
    }),
    Type.Null(),
  ]),
  sign_in_with: Type.Union([Type.String(), Type.Null()], {
    description: 'what the button of the identity provider says; null: none is set up',
  }),
});

export const OIDC_BEGUN = Type.Object({
  url: Type.String({
    description: 'where the browser goes; the cookie that comes with this is needed on the way back',
  }),
});
export const OIDC_ANSWER = Type.Object(
  {
    query: Type.String({
      minLength: 1,
      maxLength: OIDC.answerCharacters,
      description: 'of the address /console/sign-in that the provider led back to, as it is',
    }),
  },
  { additionalProperties: false },
);

export const SETUP = Type.Object({
  code: Type.String({ maxLength: 100 }),
  name: NAME,
  email: EMAIL,
  password: PASSWORD,
});
const ONE_TIME_CODE = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'six digits of the app, or a recovery code',
});
export const CODE = Type.Object({ code: ONE_TIME_CODE }, { additionalProperties: false });
/** The password once more, for what must not be done by whoever finds a browser open. */
export const PROOF = Type.Object(
  { password: PASSWORD, code: Type.Optional(ONE_TIME_CODE) },
  { additionalProperties: false },
);
export const SIGN_IN = Type.Object({
  email: Type.String({ maxLength: 320 }),
  password: PASSWORD,
  code: Type.Optional(ONE_TIME_CODE),
});
export const NEW_PASSWORD = Type.Object({
  password: PASSWORD,
  new_password: PASSWORD,
  code: Type.Optional(ONE_TIME_CODE),
});
export const NEW_SECOND_FACTOR = Type.Object({
  secret: Type.String({ description: 'Base32, to be typed into an app' }),
  url: Type.String({ description: 'otpauth:// address, to be shown as a QR code' }),
});
export const RECOVERY_CODES = Type.Object({
  recovery_codes: Type.Array(Type.String(), { description: 'each is good once; shown this once' }),
});

export const ROLE_NAME = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} _-]*$',
});
export const CUSTOM_ROLE = Type.Object({
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  updated_at: Type.String(),
});
export const CUSTOM_ROLE_CHANGE = Type.Object(
  { permissions: Type.Array(PERMISSION, { uniqueItems: true }) },
  { additionalProperties: false },
);
export const PREFERENCES = Type.Record(Type.String({ maxLength: 100 }), Type.Unknown());

export const SIGN_IN_ENTRY = Type.Object({
  id: Type.String(),
  current: Type.Boolean(),
  created_at: Type.String(),
  last_seen_at: Type.String(),
  expires_at: Type.String(),
  user_agent: Type.String(),
  address: Type.String(),
  method: Type.Union([Type.Literal('password'), Type.Literal('oidc')]),
});

export const NEW_USER = Type.Object(
  { name: NAME, email: EMAIL, role: ROLE, password: Type.Optional(PASSWORD) },
  { additionalProperties: false },
);
export const USER_CHANGE = Type.Object(
  {
    name: Type.Optional(NAME),
    email: Type.Optional(EMAIL),
    role: Type.Optional(ROLE),
    custom_role: Type.Optional(orNull(ROLE_NAME)),
    disabled: Type.Optional(Type.Boolean()),
    password: Type.Optional(PASSWORD),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const API_KEY = Type.Object({
  id: Type.String(),
  name: Type.String(),
  hint: Type.String({ description: 'first characters of the key' }),
  permissions: Type.Array(Type.String()),
  created_by: Type.String(),
  created_at: Type.String(),
  expires_at: orNull(Type.String()),
  requests_per_minute: Type.Union([Type.Integer(), Type.Null()], {
    description: 'null: as the setting key_requests_per_minute says',
  }),
  last_used_at: orNull(Type.String()),
});
export const NEW_API_KEY = Type.Object(
  {
    name: NAME,
    permissions: Type.Array(PERMISSION, { minItems: 1, uniqueItems: true }),
    expires_at: Type.Optional(Type.String({ description: 'ISO 8601; never without' })),
    requests_per_minute: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000,
        description:
          'further ones are answered 429 with Retry-After; as the setting key_requests_per_minute says without',
      }),
    ),
  },
  { additionalProperties: false },
);
