import ArgumentParser

/// How a run ended, as the shell sees it.
enum ExitStatus: Int32, Comparable {
  /// Done, or passed.
  case done = 0
  /// The gate failed, or a search found nothing.
  case gateFailed = 1
  /// A rubric, a configuration or an input cannot be used.
  case unusable = 2
  /// An unknown verdict or an unreadable file decides.
  case inconclusive = 3
  /// A fault of Sterling's own.
  case fault = 70

  /// The worse of two ends: a fault over unusable input, that over a failed gate, that over what cannot be told.
  static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .done: 0
    case .inconclusive: 1
    case .gateFailed: 2
    case .unusable: 3
    case .fault: 4
    }
  }

  /// The status as an error that ends the command.
  var exitCode: ExitCode { ExitCode(rawValue) }

  /// Ends the command with this status, unless all went well.
  func exitUnlessDone() throws {
    if self != .done { throw exitCode }
  }
}
