import Ingest
import JavaScriptSyntax
import Mechanics
import Program
import SourceText

/// Takes pieces of evidence out of a project: what is left is the project without what a verdict rests on.
///
/// In scripts the smallest statement around a piece goes, in pages and style sheets the piece itself. Everything else keeps its
/// place.
struct EvidenceRemoval {
  private let program: ProgramModel

  init(_ program: ProgramModel) { self.program = program }

  /// The files of the project without the pieces.
  func files(without evidence: [Evidence]) -> [ProjectFile] {
    program.project.files.compactMap { file in
      let own = evidence.filter { $0.file == file.path }
      // A piece without extent says that the file is there.
      if own.contains(where: { $0.span.isEmpty }) { return nil }
      let spans = own.map { removed(around: $0.span, in: file.path) }
      guard !spans.isEmpty else { return file }
      var changed = file
      for (span, isStatement) in spans { Self.blank(span, in: &changed.bytes, isStatement: isStatement) }
      return changed
    }
  }

  private func removed(around span: ByteSpan, in file: String) -> (span: ByteSpan, isStatement: Bool) {
    let unit = program.units.first { unit in
      unit.file == file && unit.fileSpan(ByteSpan(0, unit.tree.source.count)).contains(span)
    }
    guard let unit else { return (span, false) }
    var best: (span: ByteSpan, node: NodeID)?
    for index in unit.tree.nodes.indices {
      let node = NodeID(UInt32(index))
      guard Self.isRemovable(unit.tree[node].kind) else { continue }
      let place = unit.fileSpan(unit.tree[node].span)
      guard place.contains(span), best.map({ place.count < $0.span.count }) ?? true else { continue }
      best = (place, node)
    }
    guard let best else { return (span, false) }
    // What heads a loop or an export cannot go without it.
    if let parent = Code(unit: unit, node: best.node).parent {
      switch parent.kind {
      case .forStatement, .forInStatement, .forOfStatement, .exportNamedDeclaration, .exportDefaultDeclaration:
        return (parent.span, true)
      default: break
      }
    }
    return (best.span, unit.tree[best.node].kind != .methodDefinition)
  }

  private static func isRemovable(_ kind: NodeKind) -> Bool {
    switch kind {
    case .expressionStatement, .variableDeclaration, .returnStatement, .ifStatement, .forStatement, .forInStatement,
      .forOfStatement, .whileStatement, .doWhileStatement, .switchStatement, .tryStatement, .throwStatement,
      .functionDeclaration, .classDeclaration, .methodDefinition, .propertyDefinition:
      true
    default: false
    }
  }

  private static func blank(_ span: ByteSpan, in bytes: inout [UInt8], isStatement: Bool) {
    let start = min(Int(span.start), bytes.count)
    for index in start..<max(start, min(Int(span.end), bytes.count)) where bytes[index] != 0x0A && bytes[index] != 0x0D
    {
      bytes[index] = 0x20
    }
    if isStatement, start < bytes.count, span.count > 0 { bytes[start] = 0x3B }
  }
}
