/// The number of an abstract object: everything that one place in the program makes counts as one.
public struct ObjectID: Hashable, Sendable, Comparable {
  /// The position among the program's abstract objects.
  public let index: Int

  init(_ index: Int) { self.index = index }
  init(_ index: UInt32) { self.index = Int(index) }

  /// Orders by number.
  public static func < (left: ObjectID, right: ObjectID) -> Bool { left.index < right.index }
}

/// What an abstract object is.
public enum ObjectKind: UInt8, Hashable, Sendable, CaseIterable {
  /// An object literal, or what `Object.create` and its like make.
  case literal
  /// An array: a literal, or what an array method makes.
  case array
  /// A `Map` or `WeakMap`.
  case map
  /// A `Set` or `WeakSet`.
  case set
  /// An instance of a class or constructor of the program.
  case instance
  /// A function of the program.
  case function
  /// A class of the program.
  case `class`
  /// The object that instances of a class or constructor inherit from.
  case prototype
  /// An element of the document.
  case element
  /// Something of the host or of a library; see ``AbstractObject/path``.
  case external
  /// All exports of a module.
  case namespace
  /// A function that a library makes and the analysis knows, such as a state setter of React.
  case intrinsic
}

/// An abstract object as it is stored.
struct StoredObject {
  var kind: ObjectKind
  /// The node that makes it; `.max` for objects of the host.
  var site: UInt32
  /// The function or class node; for instances the class object; for elements the element; for externals the path's symbol.
  var info: UInt32
  /// How far an external is from its root.
  var depth: UInt8 = 0
}

/// Special property names, as symbols.
struct KnownSymbols {
  /// Elements of unknown index and properties of unknown name.
  let star: UInt32
  let prototype: UInt32
  let constructor: UInt32
  let length: UInt32
  let current: UInt32
  let target: UInt32
  let currentTarget: UInt32
  let keys: UInt32
  let children: UInt32
  let object: UInt32
  let exports: UInt32
  let props: UInt32
  let state: UInt32
  let zero: UInt32
  let one: UInt32

  init(_ facts: NameFacts) {
    star = facts.symbol("*")
    prototype = facts.symbol("prototype")
    constructor = facts.symbol("constructor")
    length = facts.symbol("length")
    current = facts.symbol("current")
    target = facts.symbol("target")
    currentTarget = facts.symbol("currentTarget")
    keys = facts.symbol("*keys*")
    children = facts.symbol("children")
    object = facts.symbol("object")
    exports = facts.symbol("exports")
    props = facts.symbol("props")
    state = facts.symbol("state")
    zero = facts.symbol("0")
    one = facts.symbol("1")
  }
}

/// Something that happens to every object that arrives in a cell.
struct Constraint {
  enum Operation: UInt8 {
    /// Read property `a` into cell `b`.
    case load
    /// Read any property into cell `b`.
    case loadAny
    /// Write cell `b` into property `a`.
    case store
    /// Write cell `b` into a property of unknown name.
    case storeAny
    /// What `for ... of` gives goes to cell `b`.
    case iterate
    /// All properties are copied into object `a`.
    case copyInto
    /// All properties of the objects in cell `b` are copied into the arriving object.
    case assignFrom
    /// The object is called at site `a`, with object `b` as `this`; `.max` for none.
    case call
    /// Method call at site `a` on the object.
    case callMethod
    /// `new` at site `a`.
    case construct
    /// `super(...)` at site `a`, with cell `b` as `this`.
    case callSuper
    /// The object is the superclass of class object `a`.
    case inherit
    /// The object is a prototype of object `a`.
    case become
    /// A function that arrives is called by the host for registration `a`.
    case register
    /// What is reachable from the object is given to a library by registration `a`.
    case escape
    /// The component that arrives is rendered at site `a`.
    case component
    /// What arrives becomes the state in cell `a`; a function is called with the state to give it.
    case update
    /// A function that arrives sees cell `b` as `this`.
    case bindThis
  }

  var operation: Operation
  var a: UInt32
  var b: UInt32
}

/// A call, construction, or a call that the host or a library makes.
struct CallSite {
  /// The node of the call; for calls that a library makes, the node that hands it the function.
  var node: UInt32
  /// The argument cells: a range of the argument pool.
  var first: UInt32
  var count: UInt32
  /// The index of the argument from which on all come from spread arrays; `.max` when none does.
  var spreadFrom: UInt32
  var result: UInt32
  /// The property called, for method calls.
  var method: UInt32 = .max
  /// The receiver, for method calls.
  var receiver: UInt32 = .max
  /// Whether some callee was found.
  var isResolved = false
  /// Whether a host or library function was among the callees.
  var isExternal = false
  /// Whether the call stands in the text as it is, so that argument nodes and argument cells agree.
  var isDirect = false
}

/// A write to a property that may be a handler or reach the reader.
struct MemberWrite {
  var member: Code
  var value: Code
  var symbol: UInt32
}

/// A method call on an element, or on a part of one, that the document's model wants to know.
struct ElementCall {
  var element: UInt32
  var path: String
  var node: UInt32
}

/// A function that only looks an element up by its parameter, such as `$ = id => document.getElementById(id)`.
struct LookupHelper {
  var method: String
  /// The expression that gives the id or selector.
  var selector: Code
}

/// A lookup of elements whose answer may change while elements are found.
struct Lookup {
  var site: UInt32
  var method: String
  /// The expression that gives the id or selector, and the argument that its parameter stands for.
  var selector: Code?
  var parameter: Int?
  var argument: Code?
  /// The element below which is searched; `.max` for the document.
  var root: UInt32
  /// Where the elements go; `.max` for the call's own result.
  var target: UInt32 = .max
  var found: Set<Int> = []
  var isUnknown = false
}
