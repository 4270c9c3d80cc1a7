import type { Present, WholeThread } from '../api/wire-types.ts';
import { Icon } from '../components/icon.tsx';
import { Menu } from '../components/menu.tsx';
import { ThreadStateBadge } from '../components/state-badge.tsx';
import { staffName } from '../data/staff.ts';
import { runCommand, type Command } from '../hotkeys/commands.ts';
import { translate } from '../translate.ts';
import { PresenceList } from './presence.tsx';
import { resolving } from './thread-actions.ts';

interface ConversationHeaderProps {
  thread: WholeThread;
  present: Present;
  commands: readonly Command[];
  contextShown: boolean;
  onToggleContext: () => void;
  onBack: () => void;
}

export function ConversationHeader(props: ConversationHeaderProps) {
  const { thread, present, commands, contextShown, onToggleContext, onBack } = props;
  const find = (id: string) => commands.find((command) => command.id === id);
  const done = find('resolve') ?? find('reopen');
  const takeOver = find('take-over');
  const pick = (id: string) => {
    const [parent, child] = id.split('>');
    const command = find(parent!);
    if (child === undefined) return command && runCommand(command);
    command
      ?.choices?.()
      .find((choice) => choice.id === child)
      ?.run?.();
  };
  const choicesOf = (id: string) =>
    (find(id)?.choices?.() ?? []).map((choice) => ({ value: `${id}>${choice.id}`, label: choice.label }));
  const rest = commands.filter(({ id }) => ['macro', 'label', 'hand-back', 'resolve-next'].includes(id));
  const assignee = staffName(thread.assignee_id);
  return (
    <header class="conversation-header">
      <button
        type="button"
        class="button icon-only conversation-back"
        aria-label={translate('thread.back')}
        onClick={onBack}
      >
        <Icon name="back" />
      </button>
      <div class="conversation-title">
        <h2>{thread.subject || translate('thread.untitled')}</h2>
        <span class="wide-only">
          <ThreadStateBadge state={resolving.value.has(thread.id) ? 'closed' : thread.state} />
        </span>
        <PresenceList present={present} />
      </div>
      <div class="conversation-actions">
        {commands.length > 0 && (
          <>
            <Menu
              class="button small quiet"
              label={translate('action.assigned', { name: assignee ?? translate('thread.nobody') })}
              trigger={
                <>
                  <Icon name="assign" />
                  <span class="wide-only">{assignee ?? translate('thread.nobody')}</span>
                </>
              }
              items={choicesOf('assign')}
              onSelect={pick}
            />
            <Menu
              class="button icon-only small"
              label={translate('action.snooze')}
              trigger={<Icon name="clock" />}
              items={choicesOf('snooze')}
              onSelect={pick}
            />
            <Menu
              class="button icon-only small"
              label={translate('action.more')}
              trigger={<Icon name="more" />}
              items={rest.map(({ id, label, icon }) => ({ value: id, label, ...(icon && { icon }) }))}
              onSelect={pick}
            />
          </>
        )}
        {takeOver && (
          <button type="button" class="button small" onClick={() => runCommand(takeOver)}>
            <Icon name="person" />
            <span class="wide-only">{takeOver.label}</span>
            <span class="visually-hidden narrow-only">{takeOver.label}</span>
          </button>
        )}
        {done && (
          <button type="button" class="button small" onClick={() => runCommand(done)}>
            <Icon name={done.icon ?? 'check'} />
            <span class="wide-only">{done.label}</span>
            <span class="visually-hidden narrow-only">{done.label}</span>
          </button>
        )}
        <button
          type="button"
          class="button icon-only small"
          aria-pressed={contextShown}
          aria-label={translate('thread.context')}
          title={translate('thread.context')}
          onClick={onToggleContext}
        >
          <Icon name="book" />
        </button>
      </div>
    </header>
  );
}
