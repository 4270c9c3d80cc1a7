import { signal } from '@preact/signals';
import { listLibrary, type LibraryEntry } from '../api/desk-api.ts';

/** The desk's teams, by name; empty until they were read, and where there are none. */
export const teams = signal<readonly LibraryEntry[]>([]);

export async function loadTeams(): Promise<void> {
  teams.value = await listLibrary('teams');
}

export const teamName = (id: string): string | null => teams.value.find((team) => team.id === id)?.name ?? null;
