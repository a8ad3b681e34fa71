/**
 * What a vendor's imitation takes less of than its description says: a fault of the vendor's that no outage is. It answers
 * in the vendor's own words, and stays until it is taken away.
 */
export type RefusableField = 'title' | 'description' | 'zone';

export class Refusals {
  private readonly rules = new Map<RefusableField, (value: string) => boolean>();

  /** From now on values of the field are refused for which `rule` holds. */
  refuse(field: RefusableField, rule: (value: string) => boolean): void {
    this.rules.set(field, rule);
  }

  has(field: RefusableField, value: unknown): boolean {
    return typeof value === 'string' && this.rules.get(field)?.(value) === true;
  }

  /** The first of these values that is refused. */
  in(values: Readonly<Partial<Record<RefusableField, unknown>>>): RefusableField | undefined {
    return (Object.keys(values) as RefusableField[]).find((field) => this.has(field, values[field]));
  }
}
