import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely';
import type { Store } from './open-store.ts';

class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is built once per engine and then only run, for queries of every call, where building takes longer than running.
 * `build` gets a placeholder for each value, which it may only pass on where a value belongs, not read or compute with. The
 * values must have the same names each time; those of an array are its indexes. `bind` returns the query without running it.
 */
export function prepare<Values extends object, Row>(build: (store: Store, values: Values) => Compilable<Row>) {
  const built = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  const bind = (store: Store, values: Values): CompiledQuery<Row> => {
    // The adapter is shared by a store and its transactions.
    const { adapter } = store.getExecutor();
    const query = built.get(adapter) ?? build(store, placeholdersFor(values)).compile();
    built.set(adapter, query);
    const given = values as Record<string, unknown>;
    const parameters = query.parameters.map((value) => (value instanceof Placeholder ? given[value.name] : value));
    return { ...query, parameters };
  };
  const run = (store: Store, values: Values): Promise<QueryResult<Row>> => store.executeQuery<Row>(bind(store, values));
  return Object.assign(run, { bind });
}

function placeholdersFor<Values extends object>(values: Values): Values {
  const placeholders = Object.entries(values).map(([name]) => [name, new Placeholder(name)]);
  return Object.assign(Array.isArray(values) ? [] : {}, Object.fromEntries(placeholders)) as Values;
}
