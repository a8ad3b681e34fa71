/**
 * Holds JSON to types that a vendor declares in TypeScript, field by field, as the compiler would hold a literal.
 *
 * Stricter than the compiler in one way: what is given must be declared, at every depth. Annotations of OData
 * (`@odata.…`) are no fields. Knows what declarations of plain data are made of; anything else is an error.
 */
import { readFileSync } from 'node:fs';
import {
  createSourceFile,
  type InterfaceDeclaration,
  isArrayTypeNode,
  isInterfaceDeclaration,
  isLiteralTypeNode,
  isPropertySignature,
  isStringLiteral,
  isTypeAliasDeclaration,
  isTypeReferenceNode,
  isUnionTypeNode,
  ScriptTarget,
  SyntaxKind,
  type TypeNode,
} from 'typescript';

type Json = Record<string, unknown>;

export class DeclaredTypes {
  private readonly interfaces = new Map<string, InterfaceDeclaration>();
  private readonly aliases = new Map<string, TypeNode>();

  constructor(file: string) {
    for (const one of createSourceFile(file, readFileSync(file, 'utf8'), ScriptTarget.ES2023).statements) {
      if (isInterfaceDeclaration(one)) this.interfaces.set(one.name.text, one);
      if (isTypeAliasDeclaration(one)) this.aliases.set(one.name.text, one.type);
    }
  }

  /** What is wrong with `value` as the interface `name`; none when it is one. */
  problems(name: string, value: unknown, at = name): string[] {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no object`];
    const fields = this.fieldsOf(name);
    return Object.entries(value as Json)
      .filter(([key]) => !key.startsWith('@odata.'))
      .flatMap(([key, given]) => {
        const type = fields.get(key);
        return type === undefined ? [`${at}.${key} is not declared`] : this.typeProblems(type, given, `${at}.${key}`);
      });
  }

  /** Those of what it extends included. */
  private fieldsOf(name: string): Map<string, TypeNode> {
    const declared = this.interfaces.get(name);
    if (declared === undefined) throw new Error(`No interface ${name} is declared.`);
    const above = (declared.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression));
    const inherited = above.flatMap((one) => [...this.fieldsOf((one as unknown as { text: string }).text)]);
    const own = declared.members.filter(isPropertySignature).map((one) => {
      return [(one.name as unknown as { text: string }).text, one.type as TypeNode] as const;
    });
    return new Map([...inherited, ...own]);
  }

  private typeProblems(type: TypeNode, value: unknown, at: string): string[] {
    if (isArrayTypeNode(type)) {
      if (!Array.isArray(value)) return [`${at} is no list`];
      return value.flatMap((one, i) => this.typeProblems(type.elementType, one, `${at}[${i}]`));
    }
    if (isUnionTypeNode(type)) {
      const all = type.types.map((one) => this.typeProblems(one, value, at));
      return all.some((problems) => problems.length === 0) ? [] : [`${at} is none of what is allowed`];
    }
    if (isLiteralTypeNode(type)) {
      const { literal } = type;
      return isStringLiteral(literal) && literal.text === value ? [] : [`${at} is another literal`];
    }
    if (isTypeReferenceNode(type)) return this.referenceProblems(type, value, at);
    const wanted = KEYWORDS[type.kind];
    if (wanted === undefined) throw new Error(`The type of ${at} is not understood.`);
    return wanted === 'any' || typeof value === wanted ? [] : [`${at} is no ${wanted}`];
  }

  private referenceProblems(type: TypeNode & { typeName?: unknown }, value: unknown, at: string): string[] {
    const { typeName, typeArguments } = type as { typeName: { text: string }; typeArguments?: readonly TypeNode[] };
    const name = typeName.text;
    if (name === 'NullableOption')
      return value === null ? [] : this.typeProblems(typeArguments?.[0] as TypeNode, value, at);
    const alias = this.aliases.get(name);
    return alias === undefined ? this.problems(name, value, at) : this.typeProblems(alias, value, at);
  }
}

const KEYWORDS: Partial<Record<SyntaxKind, string>> = {
  [SyntaxKind.StringKeyword]: 'string',
  [SyntaxKind.NumberKeyword]: 'number',
  [SyntaxKind.BooleanKeyword]: 'boolean',
  [SyntaxKind.AnyKeyword]: 'any',
};
