/**
 * Google's partial responses: `a,b(c,d),e/f,*`. Rules: /workspace/calendar/api/guides/performance#partial-response.
 *
 * A mask is read once and kept. A name the resource type does not have is refused as Google refuses it; names below
 * the first two levels are not checked.
 */
import { refuse } from './refusal';

/** Field name to what is wanted below it; undefined: all of it. */
type Mask = Map<string, Mask | undefined>;

const kept = new Map<string, Mask>();
const KEPT_LIMIT = 500;

/** Names a resource may carry; `items` in it says what each item may carry. */
export interface Shape {
  names: ReadonlySet<string>;
  items?: ReadonlySet<string>;
}

/** `body` cut down to `fields`. Throws a refusal for a mask that is none. */
export function applyFields(body: unknown, fields: string, shape: Shape | undefined): unknown {
  let mask = kept.get(fields);
  if (mask === undefined) {
    mask = new MaskReader(fields).read();
    if (kept.size >= KEPT_LIMIT) kept.clear();
    kept.set(fields, mask);
  }
  if (shape) checkNames(mask, shape, fields);
  return cut(body, mask);
}

function checkNames(mask: Mask, shape: Shape, fields: string): void {
  for (const [name, below] of mask) {
    if (name !== '*' && !shape.names.has(name)) throw badMask(name);
    if (name !== 'items' || below === undefined || shape.items === undefined) continue;
    for (const item of below.keys()) if (item !== '*' && !shape.items.has(item)) throw badMask(`${fields}`);
  }
}

function badMask(text: string) {
  return refuse.invalidParameter(`Invalid field selection ${text}`, 'fields');
}

function cut(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => cut(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  const source = value as Record<string, unknown>;
  if (mask.has('*')) {
    const below = mask.get('*');
    if (below === undefined) return value;
    return Object.fromEntries(Object.entries(source).map(([name, inner]) => [name, cut(inner, below)]));
  }
  const out: Record<string, unknown> = {};
  for (const [name, below] of mask) {
    const inner = source[name];
    if (inner === undefined) continue;
    out[name] = below === undefined ? inner : cut(inner, below);
  }
  return out;
}

/** Recursive descent: list = item (',' item)*; item = name ('/' item | '(' list ')')?. */
class MaskReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Mask {
    const mask = this.list();
    if (this.at < this.text.length || mask.size === 0) throw badMask(this.text);
    return mask;
  }

  private list(): Mask {
    const mask: Mask = new Map();
    do {
      this.item(mask);
    } while (this.eat(','));
    return mask;
  }

  private item(into: Mask): void {
    const name = /^[A-Za-z0-9_*$-]+/.exec(this.text.slice(this.at))?.[0];
    if (name === undefined) throw badMask(this.text);
    this.at += name.length;
    let below: Mask | undefined;
    if (this.eat('/')) {
      below = new Map();
      this.item(below);
    } else if (this.eat('(')) {
      below = this.list();
      if (!this.eat(')')) throw badMask(this.text);
    }
    const present = into.get(name);
    if (below === undefined || (into.has(name) && present === undefined)) into.set(name, undefined);
    else if (present === undefined) into.set(name, below);
    else for (const [inner, mask] of below) present.set(inner, mask);
  }

  private eat(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }
}
