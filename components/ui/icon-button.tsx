import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  icon: IconName;
  /** Accessible name, also shown as the tooltip. */
  label: string;
  onClick(): void;
  tone?: 'plain' | 'accent';
  disabled?: boolean;
  pressed?: boolean | undefined;
  /** For a button that expands something; when that collapses and the focus is lost with it, the button takes the focus. */
  expanded?: boolean | undefined;
  testId?: string;
}

export function IconButton({
  icon,
  label,
  onClick,
  tone = 'plain',
  disabled = false,
  pressed,
  expanded,
  testId,
}: IconButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const wasExpanded = useRef(expanded);
  useLayoutEffect(() => {
    if (wasExpanded.current && !expanded && document.activeElement === document.body) {
      button.current?.focus({ preventScroll: true });
    }
    wasExpanded.current = expanded;
  }, [expanded]);
  return (
    <button
      ref={button}
      type="button"
      class={`icon-button icon-button-${tone}`}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={label}
      disabled={disabled}
      onClick={onClick}
      data-testid={testId}
    >
      <Icon name={icon} />
    </button>
  );
}
