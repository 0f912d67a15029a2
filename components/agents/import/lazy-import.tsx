import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ImportPanelProps } from './import-panel.tsx';

/** The import and its CSV parser, fetched when they are first opened. */
export function LazyImport(props: ImportPanelProps) {
  const [Panel, setPanel] = useState<ComponentType<ImportPanelProps> | null>(null);
  useEffect(() => void import('./import-panel.tsx').then((module) => setPanel(() => module.default)), []);
  return Panel ? <Panel {...props} /> : null;
}
