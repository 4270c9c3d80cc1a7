import { signal } from '@preact/signals';
import { listStaff } from '../api/desk-api.ts';
import type { StaffMember } from '../api/wire-types.ts';

/** Colleagues, for assigning and for names; loaded with the shell and whenever a list of them is opened. */
export const staff = signal<readonly StaffMember[]>([]);

export async function loadStaff(): Promise<void> {
  staff.value = await listStaff();
}

/** Null when nobody of that id is there any more. */
export function staffName(id: string | null): string | null {
  return staff.value.find((one) => one.id === id)?.name ?? null;
}
