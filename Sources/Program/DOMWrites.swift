/// A write that reaches the reader through an element.
public struct DOMWrite: Sendable {
}
