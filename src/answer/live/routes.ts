/** Which live sources a question may ask before the documents are searched: one row an intent. */
export interface Route {
  /** May be about an order of the customer's, so that number and e-mail address are asked for. */
  order: boolean;
  /** Least share 0…1 of the question's own words that a product must explain to be what is asked for. */
  productWords: number;
  /** Products that are near by their sense are offered where the documents have no answer. */
  productSense: boolean;
  /**
   * How much nearer (cosine similarity, -1…1) the documents may be to the question than the nearest product, which
   * is still shown; below 0 the product must be the nearer one.
   */
  productLead: number;
  /** The same where the intent is hardly in doubt (ROUTING.sure). */
  productLeadSure: number;
}

/** Words decide where the intent says nothing of products: nearly all of them must be the product's. */
const DOCUMENTS: Route = {
  order: false,
  productWords: 0.99,
  productSense: false,
  productLead: -0.05,
  productLeadSure: -0.05,
};
/** Of the questions for development, things described lie below these leads and questions on policies above. */
const PRODUCTS: Route = {
  order: false,
  productWords: 0.99,
  productSense: true,
  productLead: 0.04,
  productLeadSure: 0.15,
};

/** Whatever is not listed asks the documents. Chosen on the demo shop's tune half. */
export const ROUTES: Readonly<Record<string, Route>> = {
  order_status: { ...DOCUMENTS, order: true },
  order_problem: { ...DOCUMENTS, order: true },
  delivery: { ...DOCUMENTS, order: true },
  refunds: { ...DOCUMENTS, order: true },
  returns: { ...DOCUMENTS, order: true },
  price: DOCUMENTS,
  product_search: PRODUCTS,
  product_availability: PRODUCTS,
};

/** @param overrides the owner's rows; a row may leave fields as they are */
export function routesWith(
  overrides: Readonly<Record<string, Partial<Route>>>,
): (intent: string | null) => Route {
  const rows = new Map<string, Route>(Object.entries(ROUTES));
  for (const [intent, row] of Object.entries(overrides))
    rows.set(intent, { ...(rows.get(intent) ?? DOCUMENTS), ...row });
  return (intent) => (intent === null ? DOCUMENTS : (rows.get(intent) ?? DOCUMENTS));
}
