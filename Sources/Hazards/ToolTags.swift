import Ingest
import SourceText

/// Tags and lines that only the tool that generated a project understands, left in a file that ships.
enum ToolTags {
  /// Beginnings of tags and marks by what left them; compared without regard to case.
  private static let tags: [(mark: String, subject: String)] = [
    ("<antartifact", "artifact tag"), ("</antartifact", "artifact tag"), ("<antthinking", "reasoning tag"),
    ("</antthinking", "reasoning tag"), ("<boltartifact", "artifact tag"), ("</boltartifact", "artifact tag"),
    ("<boltaction", "artifact tag"), ("</boltaction", "artifact tag"), ("<lov-", "artifact tag"),
    ("</lov-", "artifact tag"), ("<codeproject", "artifact tag"), ("</codeproject", "artifact tag"),
    ("<function_calls>", "tool call"), ("</function_calls>", "tool call"), ("<tool_call>", "tool call"),
    ("</tool_call>", "tool call"), ("<thinking>", "reasoning tag"), ("</thinking>", "reasoning tag"),
    ("<think>", "reasoning tag"), ("</think>", "reasoning tag"), ("<|im_start|>", "chat mark"),
    ("<|im_end|>", "chat mark"), ("<|endoftext|>", "chat mark"), ("<|assistant|>", "chat mark"),
    ("<|eot_id|>", "chat mark"), ("[/inst]", "chat mark"), ("<oai-mem-cit", "citation mark"),
    ("oaicite:", "citation mark"), ("contentreference[", "citation mark"),
  ]

  private static let lineMarks: [(mark: String, subject: String)] = [
    ("<<<<<<< ", "edit mark"), (">>>>>>> ", "edit mark"),
  ]

  static func find(in project: Project) -> [Hazard] {
    var result: [Hazard] = []
    for file in project.files where file.role != .vendored && file.kind != .other && file.kind != .json {
      result += tags(in: file) + lines(in: file)
    }
    return result
  }

  private static func tags(in file: ProjectFile) -> [Hazard] {
    var result: [Hazard] = []
    let bytes = file.bytes
    for index in bytes.indices {
      let byte = bytes[index]
      guard byte == 0x3C || byte == 0x5B || byte == 0x6F || byte == 0x63 else { continue }
      guard let tag = tags.first(where: { bytes.holds($0.mark, at: index) }) else { continue }
      result.append(hazard(file, tag.subject, ByteSpan(index, index + tag.mark.utf8.count)))
    }
    return result
  }

  private static func lines(in file: ProjectFile) -> [Hazard] {
    let table = LineTable(file.bytes)
    var result: [Hazard] = []
    var filled: [Range<Int>] = []
    for index in table.starts.indices {
      let range = table.lineRange(index, in: file.bytes)
      guard let first = file.bytes[range].firstIndex(where: { $0 > 0x20 }) else { continue }
      if filled.count < 2 { filled.append(first..<range.upperBound) } else { filled[1] = first..<range.upperBound }
      if let mark = lineMarks.first(where: { file.bytes.holds($0.mark, at: range.lowerBound) }) {
        result.append(hazard(file, mark.subject, ByteSpan(range.lowerBound, range.upperBound)))
      } else if isElision(file.bytes[first..<range.upperBound]) {
        result.append(hazard(file, "elision", ByteSpan(first, range.upperBound)))
      }
    }
    // A fence of Markdown around the whole file; inside it, three backquotes may be honest text.
    for range in filled where file.bytes[range].starts(with: "```".utf8) {
      result.append(hazard(file, "Markdown fence", ByteSpan(range.lowerBound, range.upperBound)))
    }
    return result
  }

  private static func hazard(_ file: ProjectFile, _ subject: String, _ span: ByteSpan) -> Hazard {
    let says =
      subject == "elision"
      ? "stands for code that was left out" : "\(subject) of the tool that wrote the file"
    return Hazard(.toolTag, subject, file: file.path, span: span, says: says)
  }

  /// Whether a line is a comment that stands for code: `// ... rest of the code unchanged`.
  private static func isElision(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count < 200, let text = comment(in: String(decoding: line, as: UTF8.self).lowercased()) else {
      return false
    }
    guard text.contains("...") || text.contains("…") else { return false }
    return [
      "existing code", "rest of the code", "rest of code", "rest of your code", "code unchanged", "remains unchanged",
      "remains the same", "previous code", "rest of the file", "rest of file", "same as before", "unchanged code",
    ].contains { text.contains($0) }
  }
}

extension ToolTags {
  /// What stands behind the sign that opens a comment; `//` within a line is more often part of an address.
  private static func comment(in line: String) -> Substring? {
    if line.hasPrefix("//") { return line.dropFirst(2) }
    let parts = line.split(separator: "<!--", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { return parts[1] }
    let block = line.split(separator: "/*", maxSplits: 1, omittingEmptySubsequences: false)
    return block.count == 2 ? block[1] : nil
  }
}

extension [UInt8] {
  /// Whether a text in small letters stands at an index, in any case of letters.
  func holds(_ text: String, at index: Int) -> Bool {
    let wanted = text.utf8
    guard index >= 0, index + wanted.count <= count else { return false }
    var offset = index
    for byte in wanted {
      let own = self[offset]
      guard own == byte || (own >= 0x41 && own <= 0x5A && own | 0x20 == byte) else { return false }
      offset += 1
    }
    return true
  }
}
