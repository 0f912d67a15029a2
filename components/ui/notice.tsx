import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

interface NoticeProps {
  tone: 'bad' | 'warn';
  children: ComponentChildren;
  /** What the person can do about it. */
  action?: { label: string; run(): void } | undefined;
}

/** A sentence about something that needs attention, with at most one action. */
export function Notice({ tone, children, action }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'bad' ? 'alert' : 'status'} data-testid="notice">
      <Icon name="warning" />
      <p>{children}</p>
      {action && (
        <button type="button" class="button button-quiet" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}
