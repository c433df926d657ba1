/** Lists what a TypeScript file imports, from its syntax tree. Owns no rule. */
import ts from 'typescript';

export interface Import {
  readonly specifier: string;
  /** Erased at build time (`import type`, `import('x')` in a type). */
  readonly typeOnly: boolean;
  /** Imported names; empty for namespace, side-effect and dynamic imports. */
  readonly names: readonly string[];
  /** 1-based. */
  readonly line: number;
}

export function importsOf(path: string, text: string): readonly Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const found: Import[] = [];

  function add(node: ts.Node, typeOnly: boolean, names: readonly string[]): void {
    if (!ts.isStringLiteralLike(node)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    found.push({ specifier: node.text, typeOnly, names, line });
  }

  function visit(node: ts.Node): void {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause;
      add(node.moduleSpecifier, clause?.phaseModifier === ts.SyntaxKind.TypeKeyword, namesOf(clause));
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      add(node.moduleSpecifier, node.isTypeOnly, []);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, []);
    } else if (ts.isCallExpression(node) && loadsModule(node.expression)) {
      const target = node.arguments[0];
      if (target) add(target, false, []);
    }
    ts.forEachChild(node, visit);
  }

  visit(source);
  return found;
}

/** With verbatimModuleSyntax `import { type A }` still loads the module, so inline `type` marks do not count. */
function namesOf(clause: ts.ImportClause | undefined): readonly string[] {
  const bindings = clause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings)) return [];
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}

function loadsModule(callee: ts.Expression): boolean {
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
  );
}
