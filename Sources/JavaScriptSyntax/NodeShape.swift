/// One child position of a node kind.
public struct Slot: Hashable, Sendable {
  /// What may stand there.
  public enum Form: UInt8, Hashable, Sendable {
    /// Exactly one node; ``NodeID/none`` only after an error.
    case node
    /// A node or ``NodeID/none``.
    case optional
    /// Any number of nodes.
    case list
    /// Any number of nodes with holes, as the elements of an array: a hole is ``NodeID/none``.
    case sparseList
  }

  /// The name of the position.
  public var role: Role
  /// What may stand there.
  public var form: Form
}

extension NodeKind {
  /// The child positions of this kind, in the order of their storage.
  ///
  /// - Complexity: O(1).
  public var slots: [Slot] { Self.shapes[Int(rawValue)] }

  /// The kind's ESTree name, as in a `type` property.
  public var estreeName: String { Self.names[Int(rawValue)] }

  private static let names: [String] = [
    "Program",
    "EmptyStatement",
    "DebuggerStatement",
    "ExpressionStatement",
    "BlockStatement",
    "StaticBlock",
    "WithStatement",
    "ReturnStatement",
    "LabeledStatement",
    "BreakStatement",
    "ContinueStatement",
    "IfStatement",
    "SwitchStatement",
    "SwitchCase",
    "ThrowStatement",
    "TryStatement",
    "CatchClause",
    "WhileStatement",
    "DoWhileStatement",
    "ForStatement",
    "ForInStatement",
    "ForOfStatement",
    "VariableDeclaration",
    "VariableDeclarator",
    "FunctionDeclaration",
    "FunctionExpression",
    "ArrowFunctionExpression",
    "ClassDeclaration",
    "ClassExpression",
    "ClassBody",
    "MethodDefinition",
    "PropertyDefinition",
    "AccessorProperty",
    "Decorator",
    "Identifier",
    "PrivateIdentifier",
    "Literal",
    "ThisExpression",
    "Super",
    "ArrayExpression",
    "ObjectExpression",
    "Property",
    "UnaryExpression",
    "UpdateExpression",
    "BinaryExpression",
    "LogicalExpression",
    "AssignmentExpression",
    "ConditionalExpression",
    "CallExpression",
    "NewExpression",
    "MemberExpression",
    "ChainExpression",
    "SequenceExpression",
    "SpreadElement",
    "YieldExpression",
    "AwaitExpression",
    "ImportExpression",
    "MetaProperty",
    "TemplateLiteral",
    "TemplateElement",
    "TaggedTemplateExpression",
    "ObjectPattern",
    "ArrayPattern",
    "AssignmentPattern",
    "RestElement",
    "ImportDeclaration",
    "ImportSpecifier",
    "ImportDefaultSpecifier",
    "ImportNamespaceSpecifier",
    "ImportAttribute",
    "ExportNamedDeclaration",
    "ExportSpecifier",
    "ExportDefaultDeclaration",
    "ExportAllDeclaration",
    "JSXElement",
    "JSXFragment",
    "JSXOpeningElement",
    "JSXClosingElement",
    "JSXOpeningFragment",
    "JSXClosingFragment",
    "JSXAttribute",
    "JSXSpreadAttribute",
    "JSXIdentifier",
    "JSXNamespacedName",
    "JSXMemberExpression",
    "JSXExpressionContainer",
    "JSXEmptyExpression",
    "JSXSpreadChild",
    "JSXText",
    "TSTypeAnnotation",
    "TSTypeParameterDeclaration",
    "TSTypeParameterInstantiation",
    "TSTypeParameter",
    "TSKeywordType",
    "TSThisType",
    "TSLiteralType",
    "TSTemplateLiteralType",
    "TSTypeReference",
    "TSQualifiedName",
    "TSTypeQuery",
    "TSImportType",
    "TSArrayType",
    "TSTupleType",
    "TSNamedTupleMember",
    "TSOptionalType",
    "TSRestType",
    "TSUnionType",
    "TSIntersectionType",
    "TSConditionalType",
    "TSInferType",
    "TSTypeOperator",
    "TSIndexedAccessType",
    "TSMappedType",
    "TSTypeLiteral",
    "TSFunctionType",
    "TSConstructorType",
    "TSTypePredicate",
    "TSPropertySignature",
    "TSMethodSignature",
    "TSCallSignatureDeclaration",
    "TSConstructSignatureDeclaration",
    "TSIndexSignature",
    "TSInterfaceDeclaration",
    "TSInterfaceBody",
    "TSInterfaceHeritage",
    "TSClassImplements",
    "TSTypeAliasDeclaration",
    "TSEnumDeclaration",
    "TSEnumMember",
    "TSModuleDeclaration",
    "TSModuleBlock",
    "TSDeclareFunction",
    "TSEmptyBodyFunctionExpression",
    "TSParameterProperty",
    "TSAsExpression",
    "TSSatisfiesExpression",
    "TSTypeAssertion",
    "TSNonNullExpression",
    "TSInstantiationExpression",
    "TSImportEqualsDeclaration",
    "TSExternalModuleReference",
    "TSExportAssignment",
    "TSNamespaceExportDeclaration",
    "Invalid",
  ]

  private static let shapes: [[Slot]] = [
    [Slot(role: .body, form: .list)],
    [],
    [],
    [Slot(role: .expression, form: .node)],
    [Slot(role: .body, form: .list)],
    [Slot(role: .body, form: .list)],
    [Slot(role: .object, form: .node), Slot(role: .body, form: .node)],
    [Slot(role: .argument, form: .optional)],
    [Slot(role: .label, form: .node), Slot(role: .body, form: .node)],
    [Slot(role: .label, form: .optional)],
    [Slot(role: .label, form: .optional)],
    [Slot(role: .test, form: .node), Slot(role: .consequent, form: .node), Slot(role: .alternate, form: .optional)],
    [Slot(role: .discriminant, form: .node), Slot(role: .cases, form: .list)],
    [Slot(role: .test, form: .optional), Slot(role: .consequent, form: .list)],
    [Slot(role: .argument, form: .node)],
    [Slot(role: .block, form: .node), Slot(role: .handler, form: .optional), Slot(role: .finalizer, form: .optional)],
    [Slot(role: .param, form: .optional), Slot(role: .body, form: .node)],
    [Slot(role: .test, form: .node), Slot(role: .body, form: .node)],
    [Slot(role: .body, form: .node), Slot(role: .test, form: .node)],
    [
      Slot(role: .`init`, form: .optional), Slot(role: .test, form: .optional), Slot(role: .update, form: .optional),
      Slot(role: .body, form: .node),
    ],  // ForStatement
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node), Slot(role: .body, form: .node)],
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node), Slot(role: .body, form: .node)],
    [Slot(role: .declarations, form: .list)],
    [Slot(role: .id, form: .node), Slot(role: .`init`, form: .optional)],
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // FunctionDeclaration
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // FunctionExpression
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // ArrowFunctionExpression
    [
      Slot(role: .decorators, form: .list), Slot(role: .id, form: .optional),
      Slot(role: .typeParameters, form: .optional), Slot(role: .superClass, form: .optional),
      Slot(role: .superTypeArguments, form: .optional), Slot(role: .implements, form: .list),
      Slot(role: .body, form: .node),
    ],  // ClassDeclaration
    [
      Slot(role: .decorators, form: .list), Slot(role: .id, form: .optional),
      Slot(role: .typeParameters, form: .optional), Slot(role: .superClass, form: .optional),
      Slot(role: .superTypeArguments, form: .optional), Slot(role: .implements, form: .list),
      Slot(role: .body, form: .node),
    ],  // ClassExpression
    [Slot(role: .body, form: .list)],
    [Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .value, form: .node)],
    [
      Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .value, form: .optional),
    ],  // PropertyDefinition
    [
      Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .value, form: .optional),
    ],  // AccessorProperty
    [Slot(role: .expression, form: .node)],
    [Slot(role: .typeAnnotation, form: .optional), Slot(role: .decorators, form: .list)],
    [],
    [],
    [],
    [],
    [Slot(role: .elements, form: .sparseList)],
    [Slot(role: .properties, form: .list)],
    [Slot(role: .key, form: .node), Slot(role: .value, form: .node)],
    [Slot(role: .argument, form: .node)],
    [Slot(role: .argument, form: .node)],
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],
    [Slot(role: .test, form: .node), Slot(role: .consequent, form: .node), Slot(role: .alternate, form: .node)],
    [
      Slot(role: .callee, form: .node), Slot(role: .typeArguments, form: .optional),
      Slot(role: .arguments, form: .list),
    ],  // CallExpression
    [
      Slot(role: .callee, form: .node), Slot(role: .typeArguments, form: .optional),
      Slot(role: .arguments, form: .list),
    ],  // NewExpression
    [Slot(role: .object, form: .node), Slot(role: .property, form: .node)],
    [Slot(role: .expression, form: .node)],
    [Slot(role: .expressions, form: .list)],
    [Slot(role: .argument, form: .node)],
    [Slot(role: .argument, form: .optional)],
    [Slot(role: .argument, form: .node)],
    [Slot(role: .source, form: .node), Slot(role: .options, form: .optional)],
    [Slot(role: .meta, form: .node), Slot(role: .property, form: .node)],
    [Slot(role: .quasis, form: .list), Slot(role: .expressions, form: .list)],
    [],
    [Slot(role: .tag, form: .node), Slot(role: .typeArguments, form: .optional), Slot(role: .quasi, form: .node)],
    [
      Slot(role: .properties, form: .list), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // ObjectPattern
    [
      Slot(role: .elements, form: .sparseList), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // ArrayPattern
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],
    [
      Slot(role: .argument, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // RestElement
    [Slot(role: .specifiers, form: .list), Slot(role: .source, form: .node), Slot(role: .attributes, form: .list)],
    [Slot(role: .imported, form: .node), Slot(role: .local, form: .node)],
    [Slot(role: .local, form: .node)],
    [Slot(role: .local, form: .node)],
    [Slot(role: .key, form: .node), Slot(role: .value, form: .node)],
    [
      Slot(role: .declaration, form: .optional), Slot(role: .specifiers, form: .list),
      Slot(role: .source, form: .optional), Slot(role: .attributes, form: .list),
    ],  // ExportNamedDeclaration
    [Slot(role: .local, form: .node), Slot(role: .exported, form: .node)],
    [Slot(role: .declaration, form: .node)],
    [Slot(role: .exported, form: .optional), Slot(role: .source, form: .node), Slot(role: .attributes, form: .list)],
    [
      Slot(role: .openingElement, form: .node), Slot(role: .children, form: .list),
      Slot(role: .closingElement, form: .optional),
    ],  // JSXElement
    [
      Slot(role: .openingFragment, form: .node), Slot(role: .children, form: .list),
      Slot(role: .closingFragment, form: .node),
    ],  // JSXFragment
    [
      Slot(role: .name, form: .node), Slot(role: .typeArguments, form: .optional), Slot(role: .attributes, form: .list),
    ],  // JSXOpeningElement
    [Slot(role: .name, form: .node)],
    [],
    [],
    [Slot(role: .name, form: .node), Slot(role: .value, form: .optional)],
    [Slot(role: .argument, form: .node)],
    [],
    [Slot(role: .namespace, form: .node), Slot(role: .name, form: .node)],
    [Slot(role: .object, form: .node), Slot(role: .property, form: .node)],
    [Slot(role: .expression, form: .node)],
    [],
    [Slot(role: .expression, form: .node)],
    [],
    [Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .params, form: .list)],
    [Slot(role: .params, form: .list)],
    [
      Slot(role: .name, form: .node), Slot(role: .constraint, form: .optional), Slot(role: .`default`, form: .optional),
    ],  // TSTypeParameter
    [],
    [],
    [Slot(role: .literal, form: .node)],
    [Slot(role: .quasis, form: .list), Slot(role: .types, form: .list)],
    [Slot(role: .typeName, form: .node), Slot(role: .typeArguments, form: .optional)],
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],
    [Slot(role: .exprName, form: .node), Slot(role: .typeArguments, form: .optional)],
    [
      Slot(role: .argument, form: .node), Slot(role: .options, form: .optional),
      Slot(role: .qualifier, form: .optional), Slot(role: .typeArguments, form: .optional),
    ],  // TSImportType
    [Slot(role: .elementType, form: .node)],
    [Slot(role: .elementTypes, form: .list)],
    [Slot(role: .label, form: .node), Slot(role: .elementType, form: .node)],
    [Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .types, form: .list)],
    [Slot(role: .types, form: .list)],
    [
      Slot(role: .checkType, form: .node), Slot(role: .extendsType, form: .node), Slot(role: .trueType, form: .node),
      Slot(role: .falseType, form: .node),
    ],  // TSConditionalType
    [Slot(role: .typeParameter, form: .node)],
    [Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .objectType, form: .node), Slot(role: .indexType, form: .node)],
    [
      Slot(role: .key, form: .node), Slot(role: .constraint, form: .node), Slot(role: .nameType, form: .optional),
      Slot(role: .typeAnnotation, form: .optional),
    ],  // TSMappedType
    [Slot(role: .members, form: .list)],
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .node),
    ],  // TSFunctionType
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .node),
    ],  // TSConstructorType
    [Slot(role: .parameterName, form: .node), Slot(role: .typeAnnotation, form: .optional)],
    [Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional)],
    [
      Slot(role: .key, form: .node), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional),
    ],  // TSMethodSignature
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional),
    ],  // TSCallSignatureDeclaration
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional),
    ],  // TSConstructSignatureDeclaration
    [Slot(role: .parameters, form: .list), Slot(role: .typeAnnotation, form: .optional)],
    [
      Slot(role: .id, form: .node), Slot(role: .typeParameters, form: .optional), Slot(role: .extends, form: .list),
      Slot(role: .body, form: .node),
    ],  // TSInterfaceDeclaration
    [Slot(role: .body, form: .list)],
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .optional)],
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .optional)],
    [
      Slot(role: .id, form: .node), Slot(role: .typeParameters, form: .optional),
      Slot(role: .typeAnnotation, form: .node),
    ],  // TSTypeAliasDeclaration
    [Slot(role: .id, form: .node), Slot(role: .members, form: .list)],
    [Slot(role: .id, form: .node), Slot(role: .initializer, form: .optional)],
    [Slot(role: .id, form: .node), Slot(role: .body, form: .optional)],
    [Slot(role: .body, form: .list)],
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // TSDeclareFunction
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // TSEmptyBodyFunctionExpression
    [Slot(role: .decorators, form: .list), Slot(role: .parameter, form: .node)],
    [Slot(role: .expression, form: .node), Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .expression, form: .node), Slot(role: .typeAnnotation, form: .node)],
    [Slot(role: .typeAnnotation, form: .node), Slot(role: .expression, form: .node)],
    [Slot(role: .expression, form: .node)],
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .node)],
    [Slot(role: .id, form: .node), Slot(role: .moduleReference, form: .node)],
    [Slot(role: .expression, form: .node)],
    [Slot(role: .expression, form: .node)],
    [Slot(role: .id, form: .node)],
    [Slot(role: .children, form: .list)],
  ]
}

extension Role {
  /// The property's ESTree name.
  public var estreeName: String { Self.names[Int(rawValue)] }

  private static let names: [String] = [
    "body",
    "expression",
    "object",
    "argument",
    "label",
    "test",
    "consequent",
    "alternate",
    "discriminant",
    "cases",
    "block",
    "handler",
    "finalizer",
    "param",
    "init",
    "update",
    "left",
    "right",
    "declarations",
    "id",
    "typeParameters",
    "params",
    "returnType",
    "decorators",
    "superClass",
    "superTypeArguments",
    "implements",
    "key",
    "value",
    "typeAnnotation",
    "elements",
    "properties",
    "callee",
    "typeArguments",
    "arguments",
    "property",
    "expressions",
    "source",
    "options",
    "meta",
    "quasis",
    "tag",
    "quasi",
    "specifiers",
    "attributes",
    "imported",
    "local",
    "declaration",
    "exported",
    "openingElement",
    "children",
    "closingElement",
    "openingFragment",
    "closingFragment",
    "name",
    "namespace",
    "constraint",
    "default",
    "literal",
    "types",
    "typeName",
    "exprName",
    "qualifier",
    "elementType",
    "elementTypes",
    "checkType",
    "extendsType",
    "trueType",
    "falseType",
    "typeParameter",
    "objectType",
    "indexType",
    "nameType",
    "members",
    "parameterName",
    "parameters",
    "extends",
    "initializer",
    "parameter",
    "moduleReference",
  ]
}
