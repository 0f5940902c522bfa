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
    [Slot(role: .body, form: .list)],  // Program
    [],  // EmptyStatement
    [],  // DebuggerStatement
    [Slot(role: .expression, form: .node)],  // ExpressionStatement
    [Slot(role: .body, form: .list)],  // BlockStatement
    [Slot(role: .body, form: .list)],  // StaticBlock
    [Slot(role: .object, form: .node), Slot(role: .body, form: .node)],  // WithStatement
    [Slot(role: .argument, form: .optional)],  // ReturnStatement
    [Slot(role: .label, form: .node), Slot(role: .body, form: .node)],  // LabeledStatement
    [Slot(role: .label, form: .optional)],  // BreakStatement
    [Slot(role: .label, form: .optional)],  // ContinueStatement
    [Slot(role: .test, form: .node), Slot(role: .consequent, form: .node), Slot(role: .alternate, form: .optional)],  // IfStatement
    [Slot(role: .discriminant, form: .node), Slot(role: .cases, form: .list)],  // SwitchStatement
    [Slot(role: .test, form: .optional), Slot(role: .consequent, form: .list)],  // SwitchCase
    [Slot(role: .argument, form: .node)],  // ThrowStatement
    [Slot(role: .block, form: .node), Slot(role: .handler, form: .optional), Slot(role: .finalizer, form: .optional)],  // TryStatement
    [Slot(role: .param, form: .optional), Slot(role: .body, form: .node)],  // CatchClause
    [Slot(role: .test, form: .node), Slot(role: .body, form: .node)],  // WhileStatement
    [Slot(role: .body, form: .node), Slot(role: .test, form: .node)],  // DoWhileStatement
    [
      Slot(role: .`init`, form: .optional), Slot(role: .test, form: .optional), Slot(role: .update, form: .optional),
      Slot(role: .body, form: .node),
    ],  // ForStatement
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node), Slot(role: .body, form: .node)],  // ForInStatement
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node), Slot(role: .body, form: .node)],  // ForOfStatement
    [Slot(role: .declarations, form: .list)],  // VariableDeclaration
    [Slot(role: .id, form: .node), Slot(role: .`init`, form: .optional)],  // VariableDeclarator
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
    [Slot(role: .body, form: .list)],  // ClassBody
    [Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .value, form: .node)],  // MethodDefinition
    [
      Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .value, form: .optional),
    ],  // PropertyDefinition
    [
      Slot(role: .decorators, form: .list), Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .value, form: .optional),
    ],  // AccessorProperty
    [Slot(role: .expression, form: .node)],  // Decorator
    [Slot(role: .typeAnnotation, form: .optional), Slot(role: .decorators, form: .list)],  // Identifier
    [],  // PrivateIdentifier
    [],  // Literal
    [],  // ThisExpression
    [],  // Super
    [Slot(role: .elements, form: .sparseList)],  // ArrayExpression
    [Slot(role: .properties, form: .list)],  // ObjectExpression
    [Slot(role: .key, form: .node), Slot(role: .value, form: .node)],  // Property
    [Slot(role: .argument, form: .node)],  // UnaryExpression
    [Slot(role: .argument, form: .node)],  // UpdateExpression
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],  // BinaryExpression
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],  // LogicalExpression
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],  // AssignmentExpression
    [Slot(role: .test, form: .node), Slot(role: .consequent, form: .node), Slot(role: .alternate, form: .node)],  // ConditionalExpression
    [
      Slot(role: .callee, form: .node), Slot(role: .typeArguments, form: .optional),
      Slot(role: .arguments, form: .list),
    ],  // CallExpression
    [
      Slot(role: .callee, form: .node), Slot(role: .typeArguments, form: .optional),
      Slot(role: .arguments, form: .list),
    ],  // NewExpression
    [Slot(role: .object, form: .node), Slot(role: .property, form: .node)],  // MemberExpression
    [Slot(role: .expression, form: .node)],  // ChainExpression
    [Slot(role: .expressions, form: .list)],  // SequenceExpression
    [Slot(role: .argument, form: .node)],  // SpreadElement
    [Slot(role: .argument, form: .optional)],  // YieldExpression
    [Slot(role: .argument, form: .node)],  // AwaitExpression
    [Slot(role: .source, form: .node), Slot(role: .options, form: .optional)],  // ImportExpression
    [Slot(role: .meta, form: .node), Slot(role: .property, form: .node)],  // MetaProperty
    [Slot(role: .quasis, form: .list), Slot(role: .expressions, form: .list)],  // TemplateLiteral
    [],  // TemplateElement
    [Slot(role: .tag, form: .node), Slot(role: .typeArguments, form: .optional), Slot(role: .quasi, form: .node)],  // TaggedTemplateExpression
    [
      Slot(role: .properties, form: .list), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // ObjectPattern
    [
      Slot(role: .elements, form: .sparseList), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // ArrayPattern
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],  // AssignmentPattern
    [
      Slot(role: .argument, form: .node), Slot(role: .typeAnnotation, form: .optional),
      Slot(role: .decorators, form: .list),
    ],  // RestElement
    [Slot(role: .specifiers, form: .list), Slot(role: .source, form: .node), Slot(role: .attributes, form: .list)],  // ImportDeclaration
    [Slot(role: .imported, form: .node), Slot(role: .local, form: .node)],  // ImportSpecifier
    [Slot(role: .local, form: .node)],  // ImportDefaultSpecifier
    [Slot(role: .local, form: .node)],  // ImportNamespaceSpecifier
    [Slot(role: .key, form: .node), Slot(role: .value, form: .node)],  // ImportAttribute
    [
      Slot(role: .declaration, form: .optional), Slot(role: .specifiers, form: .list),
      Slot(role: .source, form: .optional), Slot(role: .attributes, form: .list),
    ],  // ExportNamedDeclaration
    [Slot(role: .local, form: .node), Slot(role: .exported, form: .node)],  // ExportSpecifier
    [Slot(role: .declaration, form: .node)],  // ExportDefaultDeclaration
    [Slot(role: .exported, form: .optional), Slot(role: .source, form: .node), Slot(role: .attributes, form: .list)],  // ExportAllDeclaration
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
    [Slot(role: .name, form: .node)],  // JSXClosingElement
    [],  // JSXOpeningFragment
    [],  // JSXClosingFragment
    [Slot(role: .name, form: .node), Slot(role: .value, form: .optional)],  // JSXAttribute
    [Slot(role: .argument, form: .node)],  // JSXSpreadAttribute
    [],  // JSXIdentifier
    [Slot(role: .namespace, form: .node), Slot(role: .name, form: .node)],  // JSXNamespacedName
    [Slot(role: .object, form: .node), Slot(role: .property, form: .node)],  // JSXMemberExpression
    [Slot(role: .expression, form: .node)],  // JSXExpressionContainer
    [],  // JSXEmptyExpression
    [Slot(role: .expression, form: .node)],  // JSXSpreadChild
    [],  // JSXText
    [Slot(role: .typeAnnotation, form: .node)],  // TSTypeAnnotation
    [Slot(role: .params, form: .list)],  // TSTypeParameterDeclaration
    [Slot(role: .params, form: .list)],  // TSTypeParameterInstantiation
    [
      Slot(role: .name, form: .node), Slot(role: .constraint, form: .optional), Slot(role: .`default`, form: .optional),
    ],  // TSTypeParameter
    [],  // TSKeywordType
    [],  // TSThisType
    [Slot(role: .literal, form: .node)],  // TSLiteralType
    [Slot(role: .quasis, form: .list), Slot(role: .types, form: .list)],  // TSTemplateLiteralType
    [Slot(role: .typeName, form: .node), Slot(role: .typeArguments, form: .optional)],  // TSTypeReference
    [Slot(role: .left, form: .node), Slot(role: .right, form: .node)],  // TSQualifiedName
    [Slot(role: .exprName, form: .node), Slot(role: .typeArguments, form: .optional)],  // TSTypeQuery
    [
      Slot(role: .argument, form: .node), Slot(role: .options, form: .optional),
      Slot(role: .qualifier, form: .optional), Slot(role: .typeArguments, form: .optional),
    ],  // TSImportType
    [Slot(role: .elementType, form: .node)],  // TSArrayType
    [Slot(role: .elementTypes, form: .list)],  // TSTupleType
    [Slot(role: .label, form: .node), Slot(role: .elementType, form: .node)],  // TSNamedTupleMember
    [Slot(role: .typeAnnotation, form: .node)],  // TSOptionalType
    [Slot(role: .typeAnnotation, form: .node)],  // TSRestType
    [Slot(role: .types, form: .list)],  // TSUnionType
    [Slot(role: .types, form: .list)],  // TSIntersectionType
    [
      Slot(role: .checkType, form: .node), Slot(role: .extendsType, form: .node), Slot(role: .trueType, form: .node),
      Slot(role: .falseType, form: .node),
    ],  // TSConditionalType
    [Slot(role: .typeParameter, form: .node)],  // TSInferType
    [Slot(role: .typeAnnotation, form: .node)],  // TSTypeOperator
    [Slot(role: .objectType, form: .node), Slot(role: .indexType, form: .node)],  // TSIndexedAccessType
    [
      Slot(role: .key, form: .node), Slot(role: .constraint, form: .node), Slot(role: .nameType, form: .optional),
      Slot(role: .typeAnnotation, form: .optional),
    ],  // TSMappedType
    [Slot(role: .members, form: .list)],  // TSTypeLiteral
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .node),
    ],  // TSFunctionType
    [
      Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .node),
    ],  // TSConstructorType
    [Slot(role: .parameterName, form: .node), Slot(role: .typeAnnotation, form: .optional)],  // TSTypePredicate
    [Slot(role: .key, form: .node), Slot(role: .typeAnnotation, form: .optional)],  // TSPropertySignature
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
    [Slot(role: .parameters, form: .list), Slot(role: .typeAnnotation, form: .optional)],  // TSIndexSignature
    [
      Slot(role: .id, form: .node), Slot(role: .typeParameters, form: .optional), Slot(role: .extends, form: .list),
      Slot(role: .body, form: .node),
    ],  // TSInterfaceDeclaration
    [Slot(role: .body, form: .list)],  // TSInterfaceBody
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .optional)],  // TSInterfaceHeritage
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .optional)],  // TSClassImplements
    [
      Slot(role: .id, form: .node), Slot(role: .typeParameters, form: .optional),
      Slot(role: .typeAnnotation, form: .node),
    ],  // TSTypeAliasDeclaration
    [Slot(role: .id, form: .node), Slot(role: .members, form: .list)],  // TSEnumDeclaration
    [Slot(role: .id, form: .node), Slot(role: .initializer, form: .optional)],  // TSEnumMember
    [Slot(role: .id, form: .node), Slot(role: .body, form: .optional)],  // TSModuleDeclaration
    [Slot(role: .body, form: .list)],  // TSModuleBlock
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // TSDeclareFunction
    [
      Slot(role: .id, form: .optional), Slot(role: .typeParameters, form: .optional), Slot(role: .params, form: .list),
      Slot(role: .returnType, form: .optional), Slot(role: .body, form: .optional),
    ],  // TSEmptyBodyFunctionExpression
    [Slot(role: .decorators, form: .list), Slot(role: .parameter, form: .node)],  // TSParameterProperty
    [Slot(role: .expression, form: .node), Slot(role: .typeAnnotation, form: .node)],  // TSAsExpression
    [Slot(role: .expression, form: .node), Slot(role: .typeAnnotation, form: .node)],  // TSSatisfiesExpression
    [Slot(role: .typeAnnotation, form: .node), Slot(role: .expression, form: .node)],  // TSTypeAssertion
    [Slot(role: .expression, form: .node)],  // TSNonNullExpression
    [Slot(role: .expression, form: .node), Slot(role: .typeArguments, form: .node)],  // TSInstantiationExpression
    [Slot(role: .id, form: .node), Slot(role: .moduleReference, form: .node)],  // TSImportEqualsDeclaration
    [Slot(role: .expression, form: .node)],  // TSExternalModuleReference
    [Slot(role: .expression, form: .node)],  // TSExportAssignment
    [Slot(role: .id, form: .node)],  // TSNamespaceExportDeclaration
    [Slot(role: .children, form: .list)],  // Invalid
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
