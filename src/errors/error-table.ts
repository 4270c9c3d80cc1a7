/** Of each code the HTTP status and the sentence that says what to do, with `{name}` places for details. */
export type ErrorTable = Record<string, { status: number; message: string }>;
