import { signal } from '@preact/signals';
import { listLibrary, type LibraryEntry } from '../api/desk-api.ts';

/** What tickets are about, as the owner names it; empty until they were read, and where none were named. */
export const categories = signal<readonly LibraryEntry[]>([]);

export async function loadCategories(): Promise<void> {
  categories.value = await listLibrary('categories');
}
