import type { Compilable, CompiledQuery, DialectAdapter, QueryResult } from 'kysely';
import type { Store } from './open-store.ts';

class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is built once on each engine and then only run: for what every call asks, where building takes longer than
 * running. `build` gets a stand-in for each value; it may put it where a value belongs, and neither read it nor reckon with it.
 * The values must have the same names each time; those of an array are its indexes. `bind` gives the query without running it.
 */
export function prepare<Values extends object, Row>(build: (store: Store, values: Values) => Compilable<Row>) {
  const built = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  const bind = (store: Store, values: Values): CompiledQuery<Row> => {
    // Shared by a store and its transactions.
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
