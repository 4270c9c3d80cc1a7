import type { Answer } from '../../../src/answer/answer-types.ts';

export interface Shop {
  name: string;
  tagline: string;
  email: string | null;
  phone: string | null;
  suggested_questions: string[];
  version: string;
}

export interface StoredMessage {
  id: string;
  role: 'customer' | 'assistant';
  text: string;
  answer: Answer | null;
  created_at: string;
}

export interface StoredConversation {
  id: string;
  messages: StoredMessage[];
}

export interface SourceDocument {
  document_id: string;
  title: string;
  url: string | null;
  text: string;
  updated_at: string;
}
