/** 128 random bits as hex. `crypto.randomUUID` is missing on pages without TLS, which exist in house networks. */
export function createId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
