/** Placeholder for rows that are still loading. */
export function Skeleton({ label }: { label: string }) {
  return (
    <div role="status" data-testid="loading">
      <span class="hidden">{label}</span>
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} class="skeleton" aria-hidden="true">
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
