/// What is known of an expression's value without running the program.
public indirect enum Constant: Hashable, Sendable {
  /// Nothing is known.
  case unknown
  /// `undefined`.
  case undefined
  /// `null`.
  case null
  /// A truth value.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// A string.
  case string(String)
  /// An array whose length is known; elements may be unknown.
  case array([Constant])
  /// An object whose members are known.
  case object(ConstantObject)
  /// A known number times an unknown one; the same factor stands for the same unknown wherever it occurs, so that the ratio of
  /// two scaled numbers of one factor is known.
  case scaled(factor: Int, Double)
  /// A function of the program.
  case function(Code)

  /// The number, if it is one.
  public var number: Double? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// The number or, for scaled numbers, the known part.
  public var magnitude: Double? {
    switch self {
    case .number(let value), .scaled(_, let value): value
    default: nil
    }
  }

  /// The string, if it is one.
  public var string: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The elements, if it is an array.
  public var array: [Constant]? {
    if case .array(let value) = self { return value }
    return nil
  }

  /// The object, if it is one.
  public var object: ConstantObject? {
    if case .object(let value) = self { return value }
    return nil
  }

  /// Whether something is known.
  public var isKnown: Bool { self != .unknown }

  /// Whether everything is known, down to the last member.
  public var isFullyKnown: Bool {
    switch self {
    case .unknown: false
    case .array(let elements): elements.allSatisfy { $0.isFullyKnown }
    case .object(let object): object.values.allSatisfy { $0.isFullyKnown }
    default: true
    }
  }

  /// Whether it counts as true in a condition; `nil` when that is not known.
  public var truth: Bool? {
    switch self {
    case .unknown, .scaled: nil
    case .undefined, .null: false
    case .bool(let value): value
    case .number(let value): !(value == 0 || value.isNaN)
    case .string(let value): !value.isEmpty
    case .array, .object, .function: true
    }
  }

  /// The ratio of this number to another; known also when both have the same unknown factor.
  public func ratio(to other: Constant) -> Double? {
    switch (self, other) {
    case (.number(let a), .number(let b)) where b != 0: a / b
    case (.scaled(let f, let a), .scaled(let g, let b)) where f == g && b != 0: a / b
    default: nil
    }
  }
}

/// The members of a constant object, in order.
public struct ConstantObject: Hashable, Sendable {
  /// The names of the members.
  public var names: [String]
  /// Their values, in the same order.
  public var values: [Constant]
  /// The object literal that makes it, when there is one.
  public var site: Code?

  /// Makes an object of no members.
  public init(site: Code? = nil) {
    names = []
    values = []
    self.site = site
  }

  /// The value of a member; `nil` when there is none.
  public subscript(name: String) -> Constant? {
    get { names.lastIndex(of: name).map { values[$0] } }
    set {
      guard let newValue else { return }
      if let index = names.lastIndex(of: name) {
        values[index] = newValue
      } else {
        names.append(name)
        values.append(newValue)
      }
    }
  }
}

/// The numbers of the unknown factors in ``Constant/scaled(factor:_:)``: products and powers of unknown leaves.
struct FactorTable {
  /// A product of leaves, each with its exponent, ordered by leaf.
  private var products: [[Power]] = [[]]
  private var numbers: [[Power]: Int] = [[]: 0]

  struct Power: Hashable {
    var leaf: UInt64
    var exponent: Double
  }

  mutating func leaf(_ leaf: UInt64) -> Int { intern([Power(leaf: leaf, exponent: 1)]) }

  private mutating func intern(_ product: [Power]) -> Int {
    if let number = numbers[product] { return number }
    products.append(product)
    numbers[product] = products.count - 1
    return products.count - 1
  }

  mutating func multiply(_ left: Int, _ right: Int, exponent: Double = 1) -> Int? {
    var merged: [UInt64: Double] = [:]
    for power in products[left] { merged[power.leaf, default: 0] += power.exponent }
    for power in products[right] { merged[power.leaf, default: 0] += power.exponent * exponent }
    let product = merged.filter { $0.value != 0 }.map { Power(leaf: $0.key, exponent: $0.value) }
    guard product.count <= 16 else { return nil }
    return intern(product.sorted { $0.leaf < $1.leaf })
  }

  mutating func raise(_ factor: Int, to exponent: Double) -> Int {
    intern(products[factor].map { Power(leaf: $0.leaf, exponent: $0.exponent * exponent) })
  }
}
