import { Component, type FunctionComponent, h } from 'preact';

/** Re-renders a component only when one of its props changes; preact/compat's own `memo` would pull in all of compat. */
export function memo<Props extends object>(inner: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof Props)[];
      return names.some((name) => name !== ('children' as keyof Props) && this.props[name] !== next[name]);
    }
    render(props: Props) {
      return h(inner, props);
    }
  }
  return Memo as unknown as FunctionComponent<Props>;
}
