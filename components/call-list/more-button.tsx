import { useEffect, useRef } from 'preact/hooks';

interface MoreButtonProps {
  busy: boolean;
  auto: boolean;
  label: string;
  onMore(): Promise<void>;
}

/** Loads more as soon as it comes near the viewport; remains a button for people who do not scroll. */
export function MoreButton({ busy, auto, label, onMore }: MoreButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  // Watched anew after each page: a short page leaves the button in view, where it would not "enter" again.
  useEffect(() => {
    if (busy || !auto || !button.current) return;
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && void onMore(), {
      rootMargin: '600px',
    });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [busy, auto, onMore]);
  return (
    <button type="button" class="button more" ref={button} disabled={busy} onClick={() => void onMore()} data-testid="load-more">
      {label}
    </button>
  );
}
