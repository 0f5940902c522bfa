/// What an expression's value depends on.
public struct Slice: Sendable {
}
