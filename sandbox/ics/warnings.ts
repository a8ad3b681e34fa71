/** What was left out or read in one of several ways: each kind once, with how often and where first. */
export class Warnings {
  private readonly kinds = new Map<string, { count: number; firstLine: number }>();

  /** @param what a clause that stands after a number of cases, such as `tasks (VTODO) were left out`. */
  add(what: string, line: number): void {
    const known = this.kinds.get(what);
    if (known === undefined) this.kinds.set(what, { count: 1, firstLine: line });
    else known.count++;
  }

  /** Takes over what an entry that was read brought. */
  absorb(other: Warnings): void {
    for (const [what, { count, firstLine }] of other.kinds) {
      const known = this.kinds.get(what);
      if (known === undefined) this.kinds.set(what, { count, firstLine });
      else known.count += count;
    }
  }

  list(): string[] {
    return [...this.kinds].map(([what, { count, firstLine }]) => `${count} × ${what} (first in line ${firstLine}).`);
  }
}
