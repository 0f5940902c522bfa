import SourceText

extension Parser {
  mutating func parseTypeScriptStatement(isInList: Bool, decorators: UInt32 = 0) -> UInt32? { nil }
  mutating func parseAbstractClass(start: Int, decorators: UInt32) -> UInt32 { missing() }
  mutating func parseEnum(start: Int, flags: NodeFlags) -> UInt32 { missing() }
  mutating func addTypeAnnotation(to node: UInt32) -> UInt32 { node }
  mutating func parseTypeParameters() -> UInt32 { missing() }
  mutating func parseTypeArguments() -> UInt32 { missing() }
  mutating func parseReturnType() -> UInt32 { missing() }
  mutating func parseTypeAnnotation() -> UInt32 { missing() }
  mutating func parseTypeScriptParameter(_ start: Int) -> UInt32 { missing() }
  mutating func parseParameterType(_ target: UInt32) -> UInt32 { target }
  mutating func parseGenericOrTypedArrow() -> UInt32? { nil }
  var isOptionalParameterMark: Bool { false }
  mutating func parseTypeOperator(_ left: UInt32, _ start: Int) -> UInt32 { left }
  mutating func parseTypeAssertion() -> UInt32 { missing() }
  mutating func parseTypeScriptSubscript(_ node: UInt32, _ start: Int, allowsCalls: Bool, isChain: Bool) -> UInt32? {
    nil
  }
  mutating func parseTypeArgumentsInExpression() -> UInt32? { nil }
  mutating func isHeritageImplements() -> Bool { false }
  mutating func splitHeritage(_ node: UInt32) -> (UInt32, UInt32) { (node, .max) }
  mutating func parseImplements() -> UInt32 { 0 }
  mutating func parseTypeScriptModifiers(_ head: inout MemberHead) {}
  mutating func parseIndexSignatureMember(_ head: MemberHead) -> UInt32? { nil }
  mutating func parseTypeScriptImport(_ start: Int) -> UInt32? { nil }
  mutating func isTypeSpecifier() -> Bool { false }
  mutating func parseTypeScriptExport(_ start: Int) -> UInt32? { nil }
  mutating func parseTypeScriptDefault(_ start: Int) -> UInt32? { nil }
}
