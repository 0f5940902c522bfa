/// What a node is, in ESTree's words; JSX and TypeScript follow the JSX extension and typescript-eslint's tree.
///
/// Two kinds are ours: ``tsKeywordType`` stands for all of `any`, `string`, `void` and so on (its ``Node/detail`` says which), and
/// ``invalid`` holds what was skipped to recover from an error.
public enum NodeKind: UInt8, Hashable, Sendable, CaseIterable {
  // Programs and statements

  /// ESTree `Program`; children: [body].
  case program
  /// ESTree `EmptyStatement`; children: none.
  case emptyStatement
  /// ESTree `DebuggerStatement`; children: none.
  case debuggerStatement
  /// ESTree `ExpressionStatement`; children: expression.
  case expressionStatement
  /// ESTree `BlockStatement`; children: [body].
  case blockStatement
  /// ESTree `StaticBlock`; children: [body].
  case staticBlock
  /// ESTree `WithStatement`; children: object, body.
  case withStatement
  /// ESTree `ReturnStatement`; children: argument?.
  case returnStatement
  /// ESTree `LabeledStatement`; children: label, body.
  case labeledStatement
  /// ESTree `BreakStatement`; children: label?.
  case breakStatement
  /// ESTree `ContinueStatement`; children: label?.
  case continueStatement
  /// ESTree `IfStatement`; children: test, consequent, alternate?.
  case ifStatement
  /// ESTree `SwitchStatement`; children: discriminant, [cases].
  case switchStatement
  /// ESTree `SwitchCase`; children: test?, [consequent].
  case switchCase
  /// ESTree `ThrowStatement`; children: argument.
  case throwStatement
  /// ESTree `TryStatement`; children: block, handler?, finalizer?.
  case tryStatement
  /// ESTree `CatchClause`; children: param?, body.
  case catchClause
  /// ESTree `WhileStatement`; children: test, body.
  case whileStatement
  /// ESTree `DoWhileStatement`; children: body, test.
  case doWhileStatement
  /// ESTree `ForStatement`; children: init?, test?, update?, body.
  case forStatement
  /// ESTree `ForInStatement`; children: left, right, body.
  case forInStatement
  /// ESTree `ForOfStatement`; children: left, right, body.
  case forOfStatement

  // Declarations, functions and classes

  /// ESTree `VariableDeclaration`; children: [declarations].
  case variableDeclaration
  /// ESTree `VariableDeclarator`; children: id, init?.
  case variableDeclarator
  /// ESTree `FunctionDeclaration`; children: id?, typeParameters?, [params], returnType?, body?.
  case functionDeclaration
  /// ESTree `FunctionExpression`; children: id?, typeParameters?, [params], returnType?, body?.
  case functionExpression
  /// ESTree `ArrowFunctionExpression`; children: id?, typeParameters?, [params], returnType?, body?.
  case arrowFunctionExpression
  /// ESTree `ClassDeclaration`; children: [decorators], id?, typeParameters?, superClass?, superTypeArguments?, [implements], body.
  case classDeclaration
  /// ESTree `ClassExpression`; children: [decorators], id?, typeParameters?, superClass?, superTypeArguments?, [implements], body.
  case classExpression
  /// ESTree `ClassBody`; children: [body].
  case classBody
  /// ESTree `MethodDefinition`; children: [decorators], key, value.
  case methodDefinition
  /// ESTree `PropertyDefinition`; children: [decorators], key, typeAnnotation?, value?.
  case propertyDefinition
  /// ESTree `AccessorProperty`; children: [decorators], key, typeAnnotation?, value?.
  case accessorProperty
  /// ESTree `Decorator`; children: expression.
  case decorator

  // Expressions

  /// ESTree `Identifier`; children: typeAnnotation?, [decorators].
  case identifier
  /// ESTree `PrivateIdentifier`; children: none.
  case privateIdentifier
  /// ESTree `Literal`; children: none.
  case literal
  /// ESTree `ThisExpression`; children: none.
  case thisExpression
  /// ESTree `Super`; children: none.
  case `super`
  /// ESTree `ArrayExpression`; children: [elements?].
  case arrayExpression
  /// ESTree `ObjectExpression`; children: [properties].
  case objectExpression
  /// ESTree `Property`; children: key, value.
  case property
  /// ESTree `UnaryExpression`; children: argument.
  case unaryExpression
  /// ESTree `UpdateExpression`; children: argument.
  case updateExpression
  /// ESTree `BinaryExpression`; children: left, right.
  case binaryExpression
  /// ESTree `LogicalExpression`; children: left, right.
  case logicalExpression
  /// ESTree `AssignmentExpression`; children: left, right.
  case assignmentExpression
  /// ESTree `ConditionalExpression`; children: test, consequent, alternate.
  case conditionalExpression
  /// ESTree `CallExpression`; children: callee, typeArguments?, [arguments].
  case callExpression
  /// ESTree `NewExpression`; children: callee, typeArguments?, [arguments].
  case newExpression
  /// ESTree `MemberExpression`; children: object, property.
  case memberExpression
  /// ESTree `ChainExpression`; children: expression.
  case chainExpression
  /// ESTree `SequenceExpression`; children: [expressions].
  case sequenceExpression
  /// ESTree `SpreadElement`; children: argument.
  case spreadElement
  /// ESTree `YieldExpression`; children: argument?.
  case yieldExpression
  /// ESTree `AwaitExpression`; children: argument.
  case awaitExpression
  /// ESTree `ImportExpression`; children: source, options?.
  case importExpression
  /// ESTree `MetaProperty`; children: meta, property.
  case metaProperty
  /// ESTree `TemplateLiteral`; children: [quasis], [expressions].
  case templateLiteral
  /// ESTree `TemplateElement`; children: none.
  case templateElement
  /// ESTree `TaggedTemplateExpression`; children: tag, typeArguments?, quasi.
  case taggedTemplateExpression

  // Patterns

  /// ESTree `ObjectPattern`; children: [properties], typeAnnotation?, [decorators].
  case objectPattern
  /// ESTree `ArrayPattern`; children: [elements?], typeAnnotation?, [decorators].
  case arrayPattern
  /// ESTree `AssignmentPattern`; children: left, right.
  case assignmentPattern
  /// ESTree `RestElement`; children: argument, typeAnnotation?, [decorators].
  case restElement

  // Modules

  /// ESTree `ImportDeclaration`; children: [specifiers], source, [attributes].
  case importDeclaration
  /// ESTree `ImportSpecifier`; children: imported, local.
  case importSpecifier
  /// ESTree `ImportDefaultSpecifier`; children: local.
  case importDefaultSpecifier
  /// ESTree `ImportNamespaceSpecifier`; children: local.
  case importNamespaceSpecifier
  /// ESTree `ImportAttribute`; children: key, value.
  case importAttribute
  /// ESTree `ExportNamedDeclaration`; children: declaration?, [specifiers], source?, [attributes].
  case exportNamedDeclaration
  /// ESTree `ExportSpecifier`; children: local, exported.
  case exportSpecifier
  /// ESTree `ExportDefaultDeclaration`; children: declaration.
  case exportDefaultDeclaration
  /// ESTree `ExportAllDeclaration`; children: exported?, source, [attributes].
  case exportAllDeclaration

  // JSX

  /// ESTree `JSXElement`; children: openingElement, [children], closingElement?.
  case jsxElement
  /// ESTree `JSXFragment`; children: openingFragment, [children], closingFragment.
  case jsxFragment
  /// ESTree `JSXOpeningElement`; children: name, typeArguments?, [attributes].
  case jsxOpeningElement
  /// ESTree `JSXClosingElement`; children: name.
  case jsxClosingElement
  /// ESTree `JSXOpeningFragment`; children: none.
  case jsxOpeningFragment
  /// ESTree `JSXClosingFragment`; children: none.
  case jsxClosingFragment
  /// ESTree `JSXAttribute`; children: name, value?.
  case jsxAttribute
  /// ESTree `JSXSpreadAttribute`; children: argument.
  case jsxSpreadAttribute
  /// ESTree `JSXIdentifier`; children: none.
  case jsxIdentifier
  /// ESTree `JSXNamespacedName`; children: namespace, name.
  case jsxNamespacedName
  /// ESTree `JSXMemberExpression`; children: object, property.
  case jsxMemberExpression
  /// ESTree `JSXExpressionContainer`; children: expression.
  case jsxExpressionContainer
  /// ESTree `JSXEmptyExpression`; children: none.
  case jsxEmptyExpression
  /// ESTree `JSXSpreadChild`; children: expression.
  case jsxSpreadChild
  /// ESTree `JSXText`; children: none.
  case jsxText

  // TypeScript types

  /// ESTree `TSTypeAnnotation`; children: typeAnnotation.
  case tsTypeAnnotation
  /// ESTree `TSTypeParameterDeclaration`; children: [params].
  case tsTypeParameterDeclaration
  /// ESTree `TSTypeParameterInstantiation`; children: [params].
  case tsTypeParameterInstantiation
  /// ESTree `TSTypeParameter`; children: name, constraint?, default?.
  case tsTypeParameter
  /// ESTree `TSKeywordType`; children: none.
  case tsKeywordType
  /// ESTree `TSThisType`; children: none.
  case tsThisType
  /// ESTree `TSLiteralType`; children: literal.
  case tsLiteralType
  /// ESTree `TSTemplateLiteralType`; children: [quasis], [types].
  case tsTemplateLiteralType
  /// ESTree `TSTypeReference`; children: typeName, typeArguments?.
  case tsTypeReference
  /// ESTree `TSQualifiedName`; children: left, right.
  case tsQualifiedName
  /// ESTree `TSTypeQuery`; children: exprName, typeArguments?.
  case tsTypeQuery
  /// ESTree `TSImportType`; children: argument, options?, qualifier?, typeArguments?.
  case tsImportType
  /// ESTree `TSArrayType`; children: elementType.
  case tsArrayType
  /// ESTree `TSTupleType`; children: [elementTypes].
  case tsTupleType
  /// ESTree `TSNamedTupleMember`; children: label, elementType.
  case tsNamedTupleMember
  /// ESTree `TSOptionalType`; children: typeAnnotation.
  case tsOptionalType
  /// ESTree `TSRestType`; children: typeAnnotation.
  case tsRestType
  /// ESTree `TSUnionType`; children: [types].
  case tsUnionType
  /// ESTree `TSIntersectionType`; children: [types].
  case tsIntersectionType
  /// ESTree `TSConditionalType`; children: checkType, extendsType, trueType, falseType.
  case tsConditionalType
  /// ESTree `TSInferType`; children: typeParameter.
  case tsInferType
  /// ESTree `TSTypeOperator`; children: typeAnnotation.
  case tsTypeOperator
  /// ESTree `TSIndexedAccessType`; children: objectType, indexType.
  case tsIndexedAccessType
  /// ESTree `TSMappedType`; children: key, constraint, nameType?, typeAnnotation?.
  case tsMappedType
  /// ESTree `TSTypeLiteral`; children: [members].
  case tsTypeLiteral
  /// ESTree `TSFunctionType`; children: typeParameters?, [params], returnType.
  case tsFunctionType
  /// ESTree `TSConstructorType`; children: typeParameters?, [params], returnType.
  case tsConstructorType
  /// ESTree `TSTypePredicate`; children: parameterName, typeAnnotation?.
  case tsTypePredicate

  // TypeScript members and declarations

  /// ESTree `TSPropertySignature`; children: key, typeAnnotation?.
  case tsPropertySignature
  /// ESTree `TSMethodSignature`; children: key, typeParameters?, [params], returnType?.
  case tsMethodSignature
  /// ESTree `TSCallSignatureDeclaration`; children: typeParameters?, [params], returnType?.
  case tsCallSignatureDeclaration
  /// ESTree `TSConstructSignatureDeclaration`; children: typeParameters?, [params], returnType?.
  case tsConstructSignatureDeclaration
  /// ESTree `TSIndexSignature`; children: [parameters], typeAnnotation?.
  case tsIndexSignature
  /// ESTree `TSInterfaceDeclaration`; children: id, typeParameters?, [extends], body.
  case tsInterfaceDeclaration
  /// ESTree `TSInterfaceBody`; children: [body].
  case tsInterfaceBody
  /// ESTree `TSInterfaceHeritage`; children: expression, typeArguments?.
  case tsInterfaceHeritage
  /// ESTree `TSClassImplements`; children: expression, typeArguments?.
  case tsClassImplements
  /// ESTree `TSTypeAliasDeclaration`; children: id, typeParameters?, typeAnnotation.
  case tsTypeAliasDeclaration
  /// ESTree `TSEnumDeclaration`; children: id, [members].
  case tsEnumDeclaration
  /// ESTree `TSEnumMember`; children: id, initializer?.
  case tsEnumMember
  /// ESTree `TSModuleDeclaration`; children: id, body?.
  case tsModuleDeclaration
  /// ESTree `TSModuleBlock`; children: [body].
  case tsModuleBlock
  /// ESTree `TSDeclareFunction`; children: id?, typeParameters?, [params], returnType?, body?.
  case tsDeclareFunction
  /// ESTree `TSEmptyBodyFunctionExpression`; children: id?, typeParameters?, [params], returnType?, body?.
  case tsEmptyBodyFunctionExpression
  /// ESTree `TSParameterProperty`; children: [decorators], parameter.
  case tsParameterProperty
  /// ESTree `TSAsExpression`; children: expression, typeAnnotation.
  case tsAsExpression
  /// ESTree `TSSatisfiesExpression`; children: expression, typeAnnotation.
  case tsSatisfiesExpression
  /// ESTree `TSTypeAssertion`; children: typeAnnotation, expression.
  case tsTypeAssertion
  /// ESTree `TSNonNullExpression`; children: expression.
  case tsNonNullExpression
  /// ESTree `TSInstantiationExpression`; children: expression, typeArguments.
  case tsInstantiationExpression
  /// ESTree `TSImportEqualsDeclaration`; children: id, moduleReference.
  case tsImportEqualsDeclaration
  /// ESTree `TSExternalModuleReference`; children: expression.
  case tsExternalModuleReference
  /// ESTree `TSExportAssignment`; children: expression.
  case tsExportAssignment
  /// ESTree `TSNamespaceExportDeclaration`; children: id.
  case tsNamespaceExportDeclaration

  // Recovery

  /// Skipped source text; children: [children].
  case invalid
}

/// The name of a child in its parent, as ESTree names the property.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// The property `body`.
  case body
  /// The property `expression`.
  case expression
  /// The property `object`.
  case object
  /// The property `argument`.
  case argument
  /// The property `label`.
  case label
  /// The property `test`.
  case test
  /// The property `consequent`.
  case consequent
  /// The property `alternate`.
  case alternate
  /// The property `discriminant`.
  case discriminant
  /// The property `cases`.
  case cases
  /// The property `block`.
  case block
  /// The property `handler`.
  case handler
  /// The property `finalizer`.
  case finalizer
  /// The property `param`.
  case param
  /// The property `init`.
  case `init`
  /// The property `update`.
  case update
  /// The property `left`.
  case left
  /// The property `right`.
  case right
  /// The property `declarations`.
  case declarations
  /// The property `id`.
  case id
  /// The property `typeParameters`.
  case typeParameters
  /// The property `params`.
  case params
  /// The property `returnType`.
  case returnType
  /// The property `decorators`.
  case decorators
  /// The property `superClass`.
  case superClass
  /// The property `superTypeArguments`.
  case superTypeArguments
  /// The property `implements`.
  case implements
  /// The property `key`.
  case key
  /// The property `value`.
  case value
  /// The property `typeAnnotation`.
  case typeAnnotation
  /// The property `elements`.
  case elements
  /// The property `properties`.
  case properties
  /// The property `callee`.
  case callee
  /// The property `typeArguments`.
  case typeArguments
  /// The property `arguments`.
  case arguments
  /// The property `property`.
  case property
  /// The property `expressions`.
  case expressions
  /// The property `source`.
  case source
  /// The property `options`.
  case options
  /// The property `meta`.
  case meta
  /// The property `quasis`.
  case quasis
  /// The property `tag`.
  case tag
  /// The property `quasi`.
  case quasi
  /// The property `specifiers`.
  case specifiers
  /// The property `attributes`.
  case attributes
  /// The property `imported`.
  case imported
  /// The property `local`.
  case local
  /// The property `declaration`.
  case declaration
  /// The property `exported`.
  case exported
  /// The property `openingElement`.
  case openingElement
  /// The property `children`.
  case children
  /// The property `closingElement`.
  case closingElement
  /// The property `openingFragment`.
  case openingFragment
  /// The property `closingFragment`.
  case closingFragment
  /// The property `name`.
  case name
  /// The property `namespace`.
  case namespace
  /// The property `constraint`.
  case constraint
  /// The property `default`.
  case `default`
  /// The property `literal`.
  case literal
  /// The property `types`.
  case types
  /// The property `typeName`.
  case typeName
  /// The property `exprName`.
  case exprName
  /// The property `qualifier`.
  case qualifier
  /// The property `elementType`.
  case elementType
  /// The property `elementTypes`.
  case elementTypes
  /// The property `checkType`.
  case checkType
  /// The property `extendsType`.
  case extendsType
  /// The property `trueType`.
  case trueType
  /// The property `falseType`.
  case falseType
  /// The property `typeParameter`.
  case typeParameter
  /// The property `objectType`.
  case objectType
  /// The property `indexType`.
  case indexType
  /// The property `nameType`.
  case nameType
  /// The property `members`.
  case members
  /// The property `parameterName`.
  case parameterName
  /// The property `parameters`.
  case parameters
  /// The property `extends`.
  case extends
  /// The property `initializer`.
  case initializer
  /// The property `parameter`.
  case parameter
  /// The property `moduleReference`.
  case moduleReference
}
