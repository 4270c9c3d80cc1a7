import { PageHeader } from '../../shell/page-header.tsx';
import { translate } from '../../translate.ts';
import { CategoryFields } from './category-fields.tsx';
import { LibraryPanel } from './library-panel.tsx';
import { MacroFields } from './macro-fields.tsx';
import { SavedReplyFields } from './saved-reply-fields.tsx';
import { TagFields } from './tag-fields.tsx';
import { TeamFields } from './team-fields.tsx';

/** What the whole desk shares: texts, steps that belong together, teams and labels. */
export function LibraryPage() {
  return (
    <>
      <PageHeader title={translate('library.title')} />
      <div class="page-body panels">
        <LibraryPanel
          kind="saved-replies"
          fields={SavedReplyFields}
          empty={{ text: '' }}
          detail={({ text }) => text ?? ''}
        />
        <LibraryPanel
          kind="macros"
          fields={MacroFields}
          empty={{ actions: [] }}
          detail={({ actions = [], reply }) =>
            [
              ...(reply ? [reply] : []),
              ...actions.map(({ do: what, value }) => `${what} ${value ?? ''}`),
            ].join(' · ')
          }
        />
        <LibraryPanel
          kind="teams"
          fields={TeamFields}
          empty={{ members: [] }}
          detail={({ members = [] }) => translate('library.members', { count: members.length })}
        />
        <LibraryPanel
          kind="categories"
          fields={CategoryFields}
          empty={{}}
          detail={({ description }) => description ?? ''}
        />
        <LibraryPanel
          kind="tags"
          fields={TagFields}
          empty={{ colour: '#64748b' }}
          detail={({ colour }) =>
            colour ? (
              <span class="tag-colour" style={{ background: colour }} aria-label={colour} role="img" />
            ) : (
              ''
            )
          }
        />
      </div>
    </>
  );
}
