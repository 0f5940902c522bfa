public import JavaScriptSyntax

/// The number of a binding in its program.
public struct BindingID: Hashable, Sendable, Comparable {
  /// The position among the program's bindings.
  public let index: Int

  init(_ index: Int) { self.index = index }
  init(_ index: UInt32) { self.index = Int(index) }

  /// Orders by number.
  public static func < (left: BindingID, right: BindingID) -> Bool { left.index < right.index }
}

/// A name and what it stands for: a variable, parameter, function, class, import or global of the host.
public struct Binding: Sendable {
  /// How a binding comes to be.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// `var`.
    case `var`
    /// `let`.
    case `let`
    /// `const` and `using`.
    case const
    /// A function declaration, or the own name of a function expression.
    case function
    /// A class declaration, or the own name of a class expression.
    case `class`
    /// A parameter.
    case parameter
    /// The parameter of a `catch`.
    case caught
    /// A name that an import declares.
    case `import`
    /// A TypeScript enumeration or namespace.
    case enumeration
    /// What `export default` exports.
    case defaultExport
    /// A name that nothing declares: a global of the host, or one that a script makes by assigning to it.
    case global
  }

  /// Its number.
  public let id: BindingID
  /// Its name.
  public let name: String
  /// How it comes to be.
  public internal(set) var kind: Kind
  /// The scope that it belongs to.
  public let scope: ScopeID
  /// The identifiers that declare it.
  public internal(set) var declarations: [Code] = []
  var symbol: UInt32
  /// What an import leads to, when that is known.
  var alias: UInt32 = .max
}

/// One place that gives a binding or a property a value.
public struct Write: Hashable, Sendable {
  /// How the value is given.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// A declaration with an initializer; the value is the initializer.
    case initializer
    /// `=`, `+=` and so on; the value is the right side.
    case assignment
    /// `++` or `--`; there is no value expression.
    case update
    /// The loop variable of `for ... of`; the value is what is iterated.
    case forOf
    /// The loop variable of `for ... in`; the value is what is iterated.
    case forIn
    /// A parameter; the value is its default, if there is one.
    case parameter
    /// A function or class declaration; the value is the function or class.
    case declaration
    /// A pattern takes it out of a larger value; the value is the whole right side.
    case destructuring
    /// An import, a caught error.
    case other
  }

  /// How the value is given.
  public let kind: Kind
  /// The identifier or member expression that is written, or the key of an object literal's property.
  public let target: Code
  /// The expression that gives the value; see ``Kind`` for which.
  public let value: Code?
  /// The declarator, assignment, update, loop, property or function that performs the write.
  public let site: Code

  /// The operator of an assignment: ``NodeDetail/assign`` for plain ones, ``NodeDetail/addAssign`` for `+=`; for updates
  /// ``NodeDetail/increment`` or ``NodeDetail/decrement``.
  public var `operator`: NodeDetail {
    kind == .assignment || kind == .update ? site.detail : .assign
  }

  /// Whether the write also depends on the value before it: `+=`, `++`, `||=`.
  public var readsOldValue: Bool { `operator` != .assign }
}

/// One write to a binding, as stored.
struct StoredWrite {
  var binding: UInt32
  var kind: Write.Kind
  var target: UInt32
  var value: UInt32
  var site: UInt32
}

/// One read of a binding, as stored.
struct StoredRead {
  var binding: UInt32
  var node: UInt32
}
