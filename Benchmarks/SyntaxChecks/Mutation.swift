/// A small generator of pseudo-random numbers (SplitMix64), the same on any machine.
public struct MutationGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Makes a generator; equal seeds give equal numbers.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  /// A number below `bound`.
  public mutating func below(_ bound: Int) -> Int { bound <= 0 ? 0 : Int(next() % UInt64(bound)) }
}

/// Changes a text a little, as a seed has it: bytes and pieces are removed, doubled, moved, replaced or put in.
public func mutated(_ source: [UInt8], using random: inout MutationGenerator) -> [UInt8] {
  var text = source
  for _ in 0..<1 + random.below(6) { mutate(&text, using: &random) }
  return text
}

private func mutate(_ text: inout [UInt8], using random: inout MutationGenerator) {
  let place = random.below(text.count + 1)
  let length = min(1 + random.below(random.below(4) == 0 ? 400 : 8), text.count - place)
  switch random.below(9) {
  case 0: text.removeSubrange(place..<place + length)
  case 1: text.insert(contentsOf: text[place..<place + length], at: place)
  case 2:
    let piece = Array(text[place..<place + length])
    text.removeSubrange(place..<place + length)
    text.insert(contentsOf: piece, at: random.below(text.count + 1))
  case 3: if length > 0 { text[place] = UInt8(truncatingIfNeeded: random.next()) }
  case 4: text.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
  case 5: text.removeSubrange(place...)
  case 6: if length > 0 { text[place] ^= 1 << UInt8(random.below(8)) }
  case 7:
    let piece = pieces[random.below(pieces.count)]
    text.insert(contentsOf: repeatElement(piece, count: 1 + random.below(40)).joined(), at: place)
  default: text.insert(contentsOf: pieces[random.below(pieces.count)], at: place)
  }
}

/// What mutation puts in: everything that opens, closes or changes how the text that follows is read.
private let pieces: [[UInt8]] =
  [
    "(", ")", "[", "]", "{", "}", "`", "${", "'", "\"", "/", "/*", "*/", "//", "<!--", "-->", "\\", "\\u{", "\\x", "<",
    ">", "</", "/>",
    "<a>", "</a>", "<>", "</>", "=>", "=", "==", "?.", "??", "?", ":", ";", ",", "...", ".", "#", "#x", "@", "@d ", "!",
    "++", "--", "**",
    "\n", "\r", "\r\n", "\u{2028}", "\u{FEFF}", "\0", "é", "💩", "0x", "1e", "1_", "08", "1n", ".5", "/x/v", "/[/",
    "async ", "await ",
    "yield ", "function ", "function*", "class ", "class{", "extends ", "static ", "static{", "get ", "set ",
    "accessor ", "new ",
    "new.target", "import ", "import(", "import.meta", "export ", "export default ", "from 'x'", "with{", "let ",
    "let[", "const ",
    "var ", "using ", "await using ", "if(", "else ", "for(", "for await(", " of ", " in ", "while(", "do ",
    "switch(x){case ",
    "default:", "try{", "catch{", "finally{", "throw ", "return ", "break ", "continue ", "debugger;", "with(",
    "delete ", "typeof ",
    "void ", "super", "super(", "this", "null", "true", "arguments", "eval", "\"use strict\";", "a:", "enum ",
    "enum E{", "interface I{",
    "type T=", "declare ", "namespace N{", "module M{", "abstract ", " as ", " satisfies ", " is ", "keyof ", "infer ",
    "<T>", "<T,>",
    "<const T extends ", "?:", "!:", "readonly ", "private ", "override ", "asserts ", "unique symbol", "{[K in T]:",
    "-?", "=>void",
  ].map { Array($0.utf8) }
