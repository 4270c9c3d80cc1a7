import { useState } from 'preact/hooks';
import type { KnowledgeDocument, WhyNot } from '../../api/knowledge-types.ts';
import type { SearchWeights } from '../../api/owner-types.ts';
import { call } from '../../api/request.ts';
import { DocumentPicker } from '../../components/document-picker.tsx';
import { LoadView } from '../../components/load-view.tsx';
import { Panel } from '../../components/panel.tsx';
import { documentAddress } from '../../data/knowledge-addresses.ts';
import { useLoaded } from '../../data/use-loaded.ts';
import { explainWhyNot } from '../../knowledge/explain-why-not.ts';
import type { SearchFilter } from './retrieval-filters.tsx';
import { translate } from '../../translate.ts';

interface WhyNotPanelProps {
  question: string;
  /** Weights that are tried; null: those in force. */
  tried: SearchWeights | null;
  filter: SearchFilter;
}

/** For a document that one would have expected: how far it came, and what it lacked. */
export function WhyNotPanel(search: WhyNotPanelProps) {
  const [chosen, setChosen] = useState<KnowledgeDocument | null>(null);
  return (
    <Panel title={translate('why.title')} hint={translate('why.hint')}>
      <DocumentPicker label={translate('why.document')} onChoose={setChosen} />
      {chosen && <Explanation key={chosen.id} document={chosen} {...search} />}
    </Panel>
  );
}

function Explanation({
  document,
  question,
  tried,
  filter,
}: WhyNotPanelProps & { document: KnowledgeDocument }) {
  const body = { query: question, document_id: document.id, filter, ...(tried && { settings: tried }) };
  const { loaded, reload } = useLoaded(`${question} ${document.id}`, (signal) =>
    call<WhyNot>('POST', '/api/v1/search/why-not', { body, signal }),
  );
  return (
    <div aria-live="polite" class="why-not">
      <LoadView loaded={loaded} reload={reload} rows={2}>
        {(why) => {
          const [verdict, ...lines] = explainWhyNot(why);
          return (
            <>
              <p>
                <a href={documentAddress(document.id)}>{document.title}</a>: <strong>{verdict}</strong>
              </p>
              <ul class="rows">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              {why.passage && (
                <figure>
                  <figcaption class="muted">
                    {translate('why.nearest', { heading: why.passage.heading_path })}
                  </figcaption>
                  <blockquote class="quote">{why.passage.text}</blockquote>
                </figure>
              )}
            </>
          );
        }}
      </LoadView>
    </div>
  );
}
