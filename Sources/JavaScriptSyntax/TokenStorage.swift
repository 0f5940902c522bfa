/// The tokens of a tree.
struct TokenStorage: Sendable {
  var tokens: [Token] = []
}

extension SyntaxTree {
  /// Every token, in the order of the text; what lies between is white space and comments.
  public var tokens: [Token] { tokenStorage.tokens }
}
