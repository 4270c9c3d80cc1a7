/** Vectors of the pictures in documents. Derived: whatever is missing is made again. */

export interface PictureVectors {
  documentId: string;
  /** `updatedAt` of the document that they were read from. */
  aboutAt: string;
  /** Identity of the model that made them. */
  model: string;
  /** Unit vectors, a picture each; none when none could be read. */
  vectors: readonly Float32Array[];
}

export interface PictureStore {
  /** In place of the document's earlier ones; nothing is written when it has changed since, or is gone. */
  putPictures(pictures: PictureVectors): Promise<void>;
  listPictures(model: string): Promise<{ documentId: string; vector: Float32Array }[]>;
  /** Ids of documents of these types whose pictures this model has not seen as they are now. */
  listUnseen(model: string, mediaTypes: readonly string[]): Promise<string[]>;
}
