/** Files in conversations. */
export interface AttachmentRecord {
  id: string;
  conversationId: string;
  name: string;
  /** By its content. */
  mediaType: string;
  bytes: number;
  from: 'customer' | 'staff';
  /** ISO 8601, UTC. */
  createdAt: string;
}

export interface NewAttachment extends Omit<AttachmentRecord, 'id' | 'bytes' | 'createdAt'> {
  content: Uint8Array;
  /** As it is shown to staff; '' for the customer. */
  author: { id: string; name: string };
}

export interface AttachmentStore {
  /**
   * The file and its event in one durable transaction. Null when the conversation has so many already.
   * @throws thread_not_found
   */
  add(attachment: NewAttachment, most: number): Promise<AttachmentRecord | null>;
  /** In the order they came. */
  list(conversationId: string): Promise<AttachmentRecord[]>;
  /** Null when this conversation has no such file. */
  read(conversationId: string, id: string): Promise<(AttachmentRecord & { content: Uint8Array }) | null>;
}
