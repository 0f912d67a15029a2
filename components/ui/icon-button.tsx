import { Icon, type IconName } from './icon.tsx';

interface IconButtonProps {
  icon: IconName;
  /** Its accessible name, also shown as a tooltip. */
  label: string;
  onClick(): void;
  tone?: 'plain' | 'accent';
  disabled?: boolean;
  pressed?: boolean | undefined;
  /** Of a button that unfolds something. */
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
  return (
    <button
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
