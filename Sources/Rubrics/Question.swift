public import Mechanics
public import Patterns

/// What a condition asks of a project besides the findings of its analyses.
public enum Question: Sendable {
  /// Where there is code that a rule describes.
  case code(CodeQuestion)
  /// Where a function of the host, of a library or of the project is called.
  case called(String)
  /// Where a global variable is used.
  case global(String, CodePattern)
  /// Which elements a selector matches.
  case elements(ElementQuestion)
  /// Which declarations that can apply set a property.
  case style(StyleQuestion)
  /// Which files there are.
  case files(String)
  /// What a figure of the density is.
  case density(DensityFigure)
}

/// A question for code.
public struct CodeQuestion: Sendable {
  /// What the code is and where it stands.
  public var rule: CodeRule
  /// The rule in a few words, for reports.
  public var says: String
  /// Whether code that nothing leads to counts as well.
  public var isAnywhere: Bool
}

/// A question for elements of pages, of markup in scripts, and of JSX.
public struct ElementQuestion: Sendable {
  /// The selector.
  public var selector: ElementSelector
  /// Whether elements of templates and of code that nothing leads to count as well.
  public var isAnywhere: Bool
}

/// A question for declarations of styles.
public struct StyleQuestion: Sendable {
  /// The property, in small letters; shorthands that set it count too.
  public var property: String
  /// Words of which one is part of the value, in small letters; empty for any value.
  public var values: [String]
  /// The elements to which it has to apply; `nil` for any.
  public var selector: ElementSelector?
  /// A text that a media query around it contains, in small letters; `nil` for any place.
  public var media: String?
}

/// A figure of a project's own files.
public enum DensityFigure: String, Hashable, Sendable, CaseIterable {
  /// The size of the text.
  case bytes
  /// The bytes that are code.
  case codeBytes = "code-bytes"
  /// The bytes that are comments.
  case commentBytes = "comment-bytes"
  /// The lines.
  case lines
  /// The lines that hold code.
  case codeLines = "code-lines"
  /// The lines that hold only comments.
  case commentLines = "comment-lines"
  /// The share of comments in all bytes, from 0 to 1.
  case commentShare = "comment-share"
  /// The share of code in all bytes, from 0 to 1.
  case codeShare = "code-share"
  /// The share of white space in all bytes, from 0 to 1.
  case whitespaceShare = "whitespace-share"

  /// The figure in words, for the manual.
  public var means: String {
    switch self {
    case .bytes: "the bytes of all own files"
    case .codeBytes: "those of them that are code"
    case .commentBytes: "those of them that are comments"
    case .lines: "the lines of all own files"
    case .codeLines: "those of them that hold code"
    case .commentLines: "those of them that hold nothing but comments"
    case .commentShare: "the share of comments in the bytes, from 0 to 1"
    case .codeShare: "the share of code in the bytes, from 0 to 1"
    case .whitespaceShare: "the share of white space in the bytes, from 0 to 1"
    }
  }
}

/// What a project answers.
public struct Answer: Sendable {
  /// What was found, each with its places.
  public var matches: [Finding]
  /// What may be it.
  public var doubts: [Finding]
  /// What looks like it and does not count, each with the reason.
  public var refused: [Finding]
  /// Why there is no answer.
  public var reason: String?

  /// Makes an answer.
  public init(matches: [Finding] = [], doubts: [Finding] = [], refused: [Finding] = [], reason: String? = nil) {
    self.matches = matches
    self.doubts = doubts
    self.refused = refused
    self.reason = reason
  }
}

/// A project that can be asked.
///
/// The language of rubrics knows no parser; whoever has the project's syntax answers for it.
public protocol ProjectAnswers {
  /// Answers a question; the same question always gets the same answer.
  func answer(_ question: Question) -> Answer
}

/// What there is to ask when there is no project.
struct NoProject: ProjectAnswers {
  func answer(_ question: Question) -> Answer { Answer(reason: "there is no project to look in") }
}

extension Question: CustomStringConvertible {
  /// What is looked for, as a person would say it.
  public var description: String {
    switch self {
    case .code(let code): code.says
    case .called(let name): "a call of `\(name)`"
    case .global(let name, _): "the global `\(name)`"
    case .elements(let elements): "an element that matches `\(elements.selector.text)`"
    case .style(let style): style.description
    case .files(let glob): "a file `\(glob)`"
    case .density(let figure): "the density's \(figure.rawValue)"
    }
  }
}

extension StyleQuestion: CustomStringConvertible {
  /// What is looked for, as a person would say it.
  public var description: String {
    var text = "a style that sets `\(property)`"
    if !values.isEmpty { text += " to \(FactTest.alternatives(values.map { "`\($0)`" }))" }
    if let selector { text += " on `\(selector.text)`" }
    if let media { text += " where `\(media)` holds" }
    return text
  }
}
